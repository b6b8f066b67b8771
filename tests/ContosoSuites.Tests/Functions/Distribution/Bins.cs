using ContosoSuites.Functions.Distribution;

namespace ContosoSuites.Tests.Functions.Distribution;

/// <summary>Bins to test with, five minutes apart.</summary>
internal static class Bins
{
    public static DateTimeOffset Noon { get; } = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(int bin) => Noon + (bin * TimeSpan.FromMinutes(5));

    public static DistributionBin Bin(int bin, string backend, long requests, string deployment = "chat") => new()
    {
        Start = At(bin),
        Backend = backend,
        Deployment = deployment,
        Requests = requests,
        Successes = requests,
        PromptTokens = 10 * requests,
        CompletionTokens = requests,
        AverageBackendMs = 100,
        P95BackendMs = 200,
        TokensByFunction = new Dictionary<string, long> { ["Chat"] = 11 * requests },
    };
}
