using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Logs skew and failover when they begin, when their cause changes, and when they are over; not in every run that sees them.</summary>
internal sealed partial class SkewWatch(ILogger<SkewWatch> logger)
{
    private readonly Lock _lock = new();
    private Dictionary<string, Finding> _known = [];

    /// <summary>Takes in the judgement of the last hour.</summary>
    public void Observe(IReadOnlyList<PriorityGroupReport> groups)
    {
        Dictionary<string, Finding> seen = groups.SelectMany(FindingsIn).ToDictionary(finding => finding.Subject, StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (Finding finding in seen.Values)
            {
                if (!_known.TryGetValue(finding.Subject, out Finding? before) || before.Causes != finding.Causes)
                {
                    LogFound(finding.Subject, finding.Causes, finding.Explanation);
                }
            }

            foreach (string over in _known.Keys.Except(seen.Keys))
            {
                LogOver(over);
            }

            _known = seen;
        }
    }

    private static IEnumerable<Finding> FindingsIn(PriorityGroupReport group)
    {
        if (group.Skew.Count > 0)
        {
            // A backend with too much stands in for one with too little; the latter is the news.
            IReadOnlyList<Skew> news = group.Skew.Any(IsTooLittle) ? [.. group.Skew.Where(IsTooLittle)] : group.Skew;
            yield return new Finding(
                $"skew in priority {group.Priority}",
                string.Join(", ", news.Select(skew => $"{skew.Backend} {skew.Cause}")),
                string.Join(" ", news.Select(skew => skew.Explanation)));
        }

        if (group.Failover is { } failover)
        {
            yield return new Finding($"failover to priority {group.Priority}", failover.Cause, failover.Explanation);
        }
    }

    private static bool IsTooLittle(Skew skew) => skew.Share < skew.ExpectedShare;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Backend distribution of the last hour: {Subject} ({Causes}). {Explanation}")]
    private partial void LogFound(string subject, string causes, string explanation);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backend distribution of the last hour: no more {Subject}.")]
    private partial void LogOver(string subject);

    private sealed record Finding(string Subject, string Causes, string Explanation);
}
