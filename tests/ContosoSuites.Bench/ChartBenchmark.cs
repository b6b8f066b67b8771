using System.Diagnostics;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Chart;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>Rendering the page of a week of five-minute bins and four backends, from the report to the finished text.</summary>
internal static class ChartBenchmark
{
    private const int Pages = 100;
    private const double LimitMilliseconds = 50;

    private static readonly TimeSpan Bin = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset From = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        await using ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var view = new ChartView(Week(new Random(19)), From.AddDays(7), "0 */5 * * * *", [new RangeLink("7 days", "?last=P7D", true)], 30);

        // The first page also pays for the compilation; it is told, as somebody waits for it too.
        (double first, int length) = await TimeAsync(services, view);
        var times = new List<double>();
        for (int i = 0; i < Pages; i++)
        {
            times.Add((await TimeAsync(services, view)).Milliseconds);
        }

        times.Sort();
        (double p50, double p99) = (times[Pages / 2], times[Pages * 99 / 100]);
        AnsiConsole.WriteLine(Invariant($"chart p50 {p50:0.00} ms, p99 {p99:0.00} ms, the first {first:0.0} ms"));
        return
        [
            new Aim(
                "chart page, 4 backends x 2,016 bins", Invariant($"p50 {p50:0.00} ms, p99 {p99:0.00} ms"), Invariant($"limit {LimitMilliseconds:0} ms"),
                Invariant($"{p99 / LimitMilliseconds:0.00}x"), "p99 < 1.00x", p99 < LimitMilliseconds),
            new Aim("chart page, the first", Invariant($"{first:0.0} ms"), Invariant($"limit {LimitMilliseconds:0} ms"), Invariant($"{first / LimitMilliseconds:0.00}x")),
            new Aim("chart page, its length", Invariant($"{length / 1e3:0} kB")),
        ];
    }

    private static async Task<(double Milliseconds, int Length)> TimeAsync(IServiceProvider services, ChartView view)
    {
        long start = Stopwatch.GetTimestamp();
        int length = (await BackendDistributionChartFunction.RenderAsync<ChartPage>(services, new() { [nameof(ChartPage.View)] = view })).Length;
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, length);
    }

    private static DistributionReport Week(Random random)
    {
        string[] names = ["one", "two", "three", "four"];
        List<BackendReport> backends = [.. names.Select(name =>
        {
            List<SeriesPoint> series = [.. Enumerable.Range(0, (int)(TimeSpan.FromDays(7) / Bin)).Select(i => new SeriesPoint(From + (i * Bin), Figures(random)))];
            return new BackendReport(name, "region", 1, 25, 0.25, Sum(series.Select(point => point.Figures)), new Dictionary<string, DistributionFigures>(), series);
        })];
        DistributionFigures totals = Sum(backends.Select(backend => backend.Figures));
        return new DistributionReport(
            From, From.AddDays(7), Bin, From.AddDays(7), totals, backends,
            [new PriorityGroupReport(1, totals.Requests, [.. backends.Select(b => new BackendShare(b.Backend, b.Figures.Requests, 0.25, (double)b.Figures.Requests / totals.Requests))], [])],
            [new FunctionTokens("Chat", totals.PromptTokens)]);
    }

    private static DistributionFigures Figures(Random random) => new()
    {
        Requests = random.Next(1, 500),
        Throttled = random.Next(20),
        ServerErrors = random.Next(5),
        Unanswered = random.Next(5),
        Retries = random.Next(30),
        PromptTokens = random.Next(100_000),
        CompletionTokens = random.Next(50_000),
    };

    private static DistributionFigures Sum(IEnumerable<DistributionFigures> parts) => parts.Aggregate(new DistributionFigures(), (sum, part) => new DistributionFigures
    {
        Requests = sum.Requests + part.Requests,
        Throttled = sum.Throttled + part.Throttled,
        ServerErrors = sum.ServerErrors + part.ServerErrors,
        Unanswered = sum.Unanswered + part.Unanswered,
        Retries = sum.Retries + part.Retries,
        PromptTokens = sum.PromptTokens + part.PromptTokens,
        CompletionTokens = sum.CompletionTokens + part.CompletionTokens,
    });
}
