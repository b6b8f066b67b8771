using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Judgement;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>
/// That the calls of each deployment are spread over the instances as their weights say, and that the figures which the app collects
/// from the gateway's logs reach them.
/// </summary>
internal sealed class SpreadChecks(AppClient app, IReadOnlyList<InstanceEntry> instances, TimeSpan logTime, Action<string> progress)
{
    private const int Callers = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, double> _expected = Figures.ExpectedShares(instances).ToDictionary(share => share.Instance.Region, share => share.Share, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _served = new(StringComparer.Ordinal);
    private readonly DateTime _since = DateTime.UtcNow;
    private BackendReport[]? _before;

    /// <summary>How many calls of each kind it takes to see that an instance gets half of its share.</summary>
    public int Calls => field > 0 ? field : field = CallsNeeded(_expected.Values);

    public IEnumerable<Check> All =>
    [
        Spread("Chats", (i, token) => app.PostAsync("Chat", new { message = Figures.Text($"Hello, this is test {i}.") }, "text/plain", token)),
        Spread("Embeddings", (i, token) => app.GetAsync(Figures.Text($"Vectorize?text=test+{i}"), token)),
        new(
            "Collected figures",
            "api/health says whether the collection runs; LogAnalytics:WorkspaceId, the role Log Analytics Reader of the app, and the gateway's diagnostic setting.",
            CollectedAsync),
    ];

    /// <summary>Notes what was collected before the calls are made.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => _before = (await CollectedSinceAsync(cancellationToken)).Backends;

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

    private Check Spread(string kind, Func<int, CancellationToken, Task<HttpResponseMessage>> send) => new(
        $"{kind} spread as weighted",
        "One instance without calls: its address in the backend, the role of API Management's identity on it, its quota. api/BackendDistribution names the cause.",
        token => SpreadAsync(send, token));

    private async Task<Finding> SpreadAsync(Func<int, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var served = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        string? failure = null;
        int done = 0;
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
        {
            using HttpResponseMessage response = await send(i, token);
            failure = response.IsSuccessStatusCode ? failure : await AppClient.DescribeAsync(response, token);
            foreach (string region in response.IsSuccessStatusCode ? AppClient.RegionsOf(response) : [])
            {
                served.AddOrUpdate(region, 1, (_, count) => count + 1);
                _served.AddOrUpdate(region, 1, (_, count) => count + 1);
            }

            progress(Figures.Text($"{Interlocked.Increment(ref done)} of {Calls} calls"));
        });

        int all = served.Values.Sum();
        bool isSpread = served.Keys.All(_expected.ContainsKey)
            && _expected.All(share => BinomialTest.TwoSided(served.GetValueOrDefault(share.Key), all, share.Value) >= ShareJudgement.Significance);
        return failure is not null
            ? Finding.Failed($"a call failed: {failure}")
            : Finding.Of(isSpread, string.Join(", ", _expected.Keys.Union(served.Keys).Select(region => Figures.Text(
                $"{region} {served.GetValueOrDefault(region)} of {all} ({_expected.GetValueOrDefault(region):P0} is right)"))));
    }

    private async Task<Finding> CollectedAsync(CancellationToken cancellationToken)
    {
        if (_before is not { } before)
        {
            return Finding.Failed((await CollectedSinceAsync(cancellationToken)).Problem ?? "nothing was collected before, and now it is: try again");
        }

        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            (BackendReport[]? backends, string? problem) = await CollectedSinceAsync(cancellationToken);
            string[] missing = backends is not { } now ? [problem!]
                :
                [
                    .. from instance in instances
                       let calls = _served.GetValueOrDefault(instance.Region)
                       let collected = SuccessesOf(now, instance.Name) - SuccessesOf(before, instance.Name)
                       where collected < calls
                       select Figures.Text($"{instance.Name} {collected} of {calls}"),
                ];
            TimeSpan waited = Stopwatch.GetElapsedTime(start);
            if (missing.Length == 0)
            {
                return Finding.Passed(Figures.Text($"the logs hold all {_served.Values.Sum()} calls, after {waited.TotalSeconds:0} s"));
            }

            if (waited >= logTime)
            {
                return Finding.Failed(Figures.Text($"after {waited.TotalMinutes:0.#} minutes: {string.Join(", ", missing)}"));
            }

            progress(Figures.Text($"waiting for the logs, {waited / logTime:P0} of the time"));
            await Task.Delay(logTime - waited < Pause ? logTime - waited : Pause, cancellationToken);
        }
    }

    /// <summary>What is collected by backend, or why that can not be read.</summary>
    private async Task<(BackendReport[]? Backends, string? Problem)> CollectedSinceAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync(Figures.Text($"BackendDistribution?from={_since:s}Z"), cancellationToken);
        return await AppClient.ReadJsonAsync(response, cancellationToken) is { } report
            ? (report.GetProperty("backends").Deserialize<BackendReport[]>(JsonSerializerOptions.Web), null)
            : (null, await AppClient.DescribeAsync(response, cancellationToken));
    }

    private static long SuccessesOf(BackendReport[] backends, string name) => backends.Where(backend => backend.Backend == name).Sum(backend => backend.Figures.Successes);
}
