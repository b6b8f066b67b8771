using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Chart;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>Serves the page of one report, as the function does; the report can be changed while it is looked at.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    /// <summary>What the page is shown with.</summary>
    public static readonly PageAssets Assets = PageAssets.Load();

    private readonly WebApplication _app;

    private static readonly DistributionChart Chart = new(
        new ChartCollection(IsOn: true, ""), Assets, new ServiceCollection().AddSingleton(Assets).BuildServiceProvider(), NullLoggerFactory.Instance);

    private ChartServer(WebApplication app, ChartView view) => (_app, View) = (app, view);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it shows now.</summary>
    public ChartView View { get; set; }

    /// <summary>Whether it answers 503 instead.</summary>
    public bool IsDown { get; set; }

    public static ChartView ViewOf(DistributionReport report, int? refreshSeconds = null) => new(
        report,
        SampleReport.Now,
        new ChartCollection(IsOn: true, "0 */5 * * * *"),
        [new RangeLink("1 hour", "?last=PT1H", false), new RangeLink("24 hours", "?last=P1D", true), new RangeLink("7 days", "?last=P7D", false)],
        refreshSeconds);

    /// <summary>The page as text.</summary>
    public static Task<string> RenderAsync(ChartView view) => Chart.RenderAsync(view);

    public static async Task<ChartServer> StartAsync(ChartView view, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        var server = new ChartServer(builder.Build(), view);
        server._app.MapGet("/", async () => server.IsDown
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : new ChartResult(await RenderAsync(server.View), Assets.ContentSecurityPolicy));
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
