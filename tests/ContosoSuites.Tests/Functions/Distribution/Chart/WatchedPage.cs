using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>A page in a browser's window, with everything that it complained about or asked for until it is left.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private WatchedPage(IPage page)
    {
        Page = page;
        page.Console += OnConsole;
        page.PageError += OnError;
        page.Request += OnRequest;
    }

    public IPage Page { get; }

    /// <summary>What was written to the console as an error or warning, and what the script threw.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>What the page asked for.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = [];

    public static async Task<WatchedPage> OpenAsync(IPage window, Uri address)
    {
        var watched = new WatchedPage(window);
        await window.GotoAsync(address.ToString());
        return watched;
    }

    /// <summary>Keeps a picture of the whole page as test output.</summary>
    public async Task KeepScreenshotAsync(string name)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot(), "artifacts", "screenshots"));
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder.FullName, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        Page.Console -= OnConsole;
        Page.PageError -= OnError;
        Page.Request -= OnRequest;
        await Page.GotoAsync("about:blank");
    }

    private void OnConsole(object? sender, IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            Complaints.Enqueue(message.Text);
        }
    }

    private void OnError(object? sender, string error) => Complaints.Enqueue(error);

    private void OnRequest(object? sender, IRequest request) => Requests.Enqueue(new Uri(request.Url));

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
