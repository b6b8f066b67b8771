using ContosoSuites.Functions.Distribution;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution;

/// <summary>The figures of several bins together.</summary>
public sealed class FigureSumTests
{
    [Fact]
    public void Times_are_those_of_the_requests_and_the_p95_is_the_highest_of_any_bin()
    {
        var sum = new FigureSum(hasPrices: false);
        sum.Add(Bin(requests: 1, averageMs: 100, p95Ms: 900), null);
        sum.Add(Bin(requests: 3, averageMs: 500, p95Ms: 700), null);
        sum.Add(Bin(requests: 0, averageMs: 0, p95Ms: 0), null);

        DistributionFigures figures = sum.ToFigures();

        Assert.Equal((4, 400, 900), (figures.Requests, figures.AverageBackendMs, figures.P95BackendMs));
    }

    [Fact]
    public void Of_no_requests_there_are_no_times()
    {
        DistributionFigures figures = new FigureSum(hasPrices: false).ToFigures();

        Assert.Null(figures.AverageBackendMs);
        Assert.Null(figures.P95BackendMs);
    }

    private static DistributionBin Bin(long requests, double averageMs, double p95Ms) => new()
    {
        Start = DateTimeOffset.UnixEpoch,
        Backend = "openai-primary",
        Deployment = "gpt-5.4-mini",
        Requests = requests,
        AverageBackendMs = averageMs,
        P95BackendMs = p95Ms,
    };
}
