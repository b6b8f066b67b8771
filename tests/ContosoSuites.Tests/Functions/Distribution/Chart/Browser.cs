using Microsoft.Playwright;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>The machine's own Chromium, started once for a class of tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // To open a window takes the browser longer than all that a test does in it: there is one of each width.
    private readonly Dictionary<int, IPage> _windows = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Programs, File.Exists) is { } program)
        {
            _playwright = await Playwright.CreateAsync();

            // Continuous integration runs as root, where Chromium starts without its sandbox only; and on machines without a graphics
            // processor, where the process that stands in for one can fail to deliver a picture.
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    /// <summary>Opens a page that notes what it should not do, one of a width at a time. Skips the test, with the reason, where there is no browser.</summary>
    internal async Task<WatchedPage> OpenAsync(Uri address, int width, ColorScheme colors)
    {
        if (_browser is null)
        {
            Assert.Skip($"None of {string.Join(", ", Programs)} is installed on this machine; the test needs Chromium.");
        }

        if (!_windows.TryGetValue(width, out IPage? window))
        {
            window = await _browser.NewPageAsync(new BrowserNewPageOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 800 },
                DeviceScaleFactor = width < 600 ? 2 : 1,
            });
            _windows.Add(width, window);
        }

        await window.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
        return await WatchedPage.OpenAsync(window, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
