using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Chart;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>Serves the page of one report, as the function does; the report can be changed while it is looked at.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    private static readonly IServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    private readonly WebApplication _app;

    private ChartServer(WebApplication app, ChartView view) => (_app, View) = (app, view);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it shows now.</summary>
    public ChartView View { get; set; }

    /// <summary>Whether it answers 503 instead.</summary>
    public bool IsDown { get; set; }

    public static ChartView ViewOf(DistributionReport report, int? refreshSeconds = null) => new(
        report,
        SampleReport.Now,
        "0 */5 * * * *",
        [new RangeLink("1 hour", "?last=PT1H", false), new RangeLink("24 hours", "?last=P1D", true), new RangeLink("7 days", "?last=P7D", false)],
        refreshSeconds);

    /// <summary>The page as text.</summary>
    public static Task<string> RenderAsync(ChartView view) => BackendDistributionChartFunction.RenderAsync<ChartPage>(Services, ParametersOf(view));

    public static async Task<ChartServer> StartAsync(ChartView view, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        var server = new ChartServer(builder.Build(), view);
        server._app.MapGet("/", async (HttpContext context) => server.IsDown
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : await BackendDistributionChartFunction.AnswerAsync<ChartPage>(context, StatusCodes.Status200OK, ParametersOf(server.View)));
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Dictionary<string, object?> ParametersOf(ChartView view) => new() { [nameof(ChartPage.View)] = view };
}
