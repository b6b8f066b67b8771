using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>A page in a browser of its own, with everything that it complained about or asked for.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private WatchedPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>What was written to the console as an error or warning, and what the script threw.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>What the page asked for.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = [];

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, Uri address, int width, ColorScheme colors)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = colors,
            DeviceScaleFactor = width < 600 ? 2 : 1,
        });
        var watched = new WatchedPage(context, await context.NewPageAsync());
        watched.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                watched.Complaints.Enqueue(message.Text);
            }
        };
        watched.Page.PageError += (_, error) => watched.Complaints.Enqueue(error);
        watched.Page.Request += (_, request) => watched.Requests.Enqueue(new Uri(request.Url));
        await watched.Page.GotoAsync(address.ToString());
        return watched;
    }

    /// <summary>Keeps a picture of the whole page as test output.</summary>
    public async Task KeepScreenshotAsync(string name)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot(), "artifacts", "screenshots"));
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder.FullName, $"{name}.png"), FullPage = true });
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ContosoSuites.Functions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below the repository.");
    }
}
