using System.Diagnostics;
using System.Globalization;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>That the figures which the app collects from the gateway's logs reach the calls that were made here.</summary>
internal sealed class CollectionCheck(VerifiedApp app, VerifyOptions options, IReadOnlyList<InstanceEntry> instances, SpreadChecks spread, Action<TimeSpan, TimeSpan> progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly DateTime _since = DateTime.UtcNow;
    private Dictionary<string, long>? _before;

    public Check Check => new(
        "Collected figures",
        "api/health says whether the collection runs; LogAnalytics:WorkspaceId, the role Log Analytics Reader of the app, and the gateway's diagnostic setting.",
        RunAsync);

    /// <summary>Notes what was collected before the calls are made.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => _before = (await ReadAsync(cancellationToken)).Figures;

    private async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        if (_before is null)
        {
            return Finding.Failed((await ReadAsync(cancellationToken)).Problem ?? "nothing was collected before, and now it is: try again");
        }

        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            (Dictionary<string, long>? figures, string? problem) = await ReadAsync(cancellationToken);
            string[] missing = figures is null
                ? [problem!]
                : [.. instances
                    .Select(instance => (instance.Name, Calls: spread.Served.GetValueOrDefault(instance.Region), Collected: figures.GetValueOrDefault(instance.Name) - _before.GetValueOrDefault(instance.Name)))
                    .Where(row => row.Collected < row.Calls)
                    .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Name} {row.Collected} of {row.Calls}"))];
            TimeSpan waited = Stopwatch.GetElapsedTime(start);
            if (missing.Length == 0)
            {
                return Finding.Passed(string.Create(CultureInfo.InvariantCulture, $"the logs hold all {spread.Served.Values.Sum()} calls, after {waited.TotalSeconds:0} s"));
            }

            if (waited >= options.LogTime)
            {
                return Finding.Failed(string.Create(CultureInfo.InvariantCulture, $"after {waited.TotalMinutes:0.#} minutes: {string.Join(", ", missing)}"));
            }

            progress(waited, options.LogTime);
            await Task.Delay(options.LogTime - waited < Pause ? options.LogTime - waited : Pause, cancellationToken);
        }
    }

    /// <summary>The successes that are collected by backend, or why they can not be read.</summary>
    private async Task<(Dictionary<string, long>? Figures, string? Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"BackendDistribution?from={_since:s}Z"), cancellationToken);
        return await VerifiedApp.ReadJsonAsync(response, cancellationToken) is { } report
            ? (report.GetProperty("backends").EnumerateArray().ToDictionary(
                backend => backend.GetProperty("backend").GetString()!, backend => backend.GetProperty("figures").GetProperty("successes").GetInt64()), null)
            : (null, await ProblemText.DescribeAsync(response, cancellationToken));
    }
}
