using System.Collections.Concurrent;
using System.Globalization;
using ContosoSuites.Functions.Distribution.Judgement;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>That the calls of each deployment are spread over the instances as their weights say.</summary>
internal sealed class SpreadChecks
{
    private const int Callers = 4;

    private readonly VerifiedApp _app;
    private readonly Action<int, int> _progress;
    private readonly Dictionary<string, double> _expected;

    /// <param name="app">What is called.</param>
    /// <param name="instances">What the load should be spread over.</param>
    /// <param name="progress">Told how many of how many calls are done.</param>
    public SpreadChecks(VerifiedApp app, IReadOnlyList<InstanceEntry> instances, Action<int, int> progress)
    {
        _app = app;
        _progress = progress;
        int first = instances.Min(instance => instance.Priority);
        double weights = instances.Where(instance => instance.Priority == first).Sum(instance => instance.Weight);
        _expected = instances.ToDictionary(instance => instance.Region, instance => instance.Priority == first ? instance.Weight / weights : 0, StringComparer.Ordinal);
        Calls = CallsNeeded(_expected.Values);
    }

    /// <summary>How many calls of each kind it takes to see that an instance gets half of its share.</summary>
    public int Calls { get; }

    /// <summary>The answered calls by region.</summary>
    public ConcurrentDictionary<string, int> Served { get; } = new(StringComparer.Ordinal);

    public IEnumerable<Check> All =>
    [
        Spread("Chats", i => _app.PostAsync("Chat", new { message = string.Create(CultureInfo.InvariantCulture, $"Hello, this is test {i}.") }, "text/plain", default)),
        Spread("Embeddings", i => _app.GetAsync(string.Create(CultureInfo.InvariantCulture, $"Vectorize?text=test+{i}"), default)),
    ];

    /// <summary>The least number of calls of which half of any share is no chance.</summary>
    internal static int CallsNeeded(IEnumerable<double> shares)
    {
        double[] open = [.. shares.Where(share => share is > 0 and < 1)];
        int calls = 1;
        while (Array.Exists(open, share => BinomialTest.TwoSided((long)(calls * share / 2), calls, share) >= ShareJudgement.Significance))
        {
            calls++;
        }

        return calls;
    }

    private Check Spread(string kind, Func<int, Task<HttpResponseMessage>> send) => new(
        $"{kind} spread as weighted",
        "One instance without calls: its address in the backend, the role of API Management's identity on it, its quota. api/BackendDistribution names the cause.",
        token => RunAsync(send, token));

    private async Task<Finding> RunAsync(Func<int, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var served = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        string? failure = null;
        int done = 0;
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
        {
            using HttpResponseMessage response = await send(i).WaitAsync(token);
            if (response.IsSuccessStatusCode)
            {
                foreach (string region in VerifiedApp.RegionsOf(response))
                {
                    served.AddOrUpdate(region, 1, (_, count) => count + 1);
                    Served.AddOrUpdate(region, 1, (_, count) => count + 1);
                }
            }
            else
            {
                failure = await ProblemText.DescribeAsync(response, token);
            }

            _progress(Interlocked.Increment(ref done), Calls);
        });

        int all = served.Values.Sum();
        string shares = string.Join(", ", _expected.Keys.Union(served.Keys).Select(region => string.Create(
            CultureInfo.InvariantCulture, $"{region} {served.GetValueOrDefault(region)} of {all} ({_expected.GetValueOrDefault(region):P0} is right)")));
        return failure is not null ? Finding.Failed($"a call failed: {failure}")
            : IsSpread(served, all) ? Finding.Passed(shares)
            : Finding.Failed(shares);
    }

    private bool IsSpread(ConcurrentDictionary<string, int> served, int all) => served.Keys.All(_expected.ContainsKey)
        && _expected.All(share => BinomialTest.TwoSided(served.GetValueOrDefault(share.Key), all, share.Value) >= ShareJudgement.Significance);
}
