using System.Globalization;

namespace ContosoSuites.Functions.Distribution.Judgement;

/// <summary>Puts a judgement into words: what deviates and by how much, why, and what to do.</summary>
internal static class Explanation
{
    /// <summary>Explains a share that is not the configured one.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="share">Its share.</param>
    /// <param name="observed">The observed one.</param>
    /// <param name="requests">The requests of its priority group.</param>
    /// <param name="blamed">The backends that served too little: itself, or those it stood in for.</param>
    /// <param name="cause">The likely cause.</param>
    /// <param name="failed">The failures it rests on.</param>
    public static string OfSkew(
        ConfiguredBackend backend,
        BackendShare share,
        double observed,
        long requests,
        IReadOnlyList<ConfiguredBackend> blamed,
        string cause,
        FailedAttempts failed)
    {
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOf(backend)} served {share.Requests:N0} of the {requests:N0} requests of priority {backend.Priority}: {Percent(observed)} where its weight says {Percent(share.ExpectedShare)}. ");
        return figures + OfCause(cause, blamed, failed);
    }

    /// <summary>Explains why a priority group has served although others come before it.</summary>
    public static string OfFailover(
        IReadOnlyList<ConfiguredBackend> group, IReadOnlyList<ConfiguredBackend> before, long requests, long all, string cause, FailedAttempts failed)
    {
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"Priority {group[0].Priority} ({NamesOf(group)}) served {requests:N0} of {all:N0} requests ({Percent((double)requests / all)}), although priority {before[0].Priority} comes first: failover. ");
        return figures + OfCause(cause, before, failed);
    }

    private static string OfCause(string cause, IReadOnlyList<ConfiguredBackend> blamed, FailedAttempts failed) => cause switch
    {
        SkewCause.Throttled => string.Create(
            CultureInfo.InvariantCulture,
            $"{NamesOf(blamed)} answered {Attempts(failed.Throttled)} with 429, and the circuit breaker then kept requests away until Retry-After had passed. If this goes on, raise the quota of the deployment there, or lower its weight in infra/gateway/backends.json."),
        SkewCause.BreakerOpen => string.Create(
            CultureInfo.InvariantCulture,
            $"{NamesOf(blamed)} answered {Attempts(failed.ServerErrors)} with a server error, and the circuit breaker then kept requests away. Look at the health of the Azure OpenAI instance; requests come back by themselves once it answers well."),
        SkewCause.Unreachable => string.Create(
            CultureInfo.InvariantCulture,
            $"{Attempts(failed.Unanswered)} got no answer at all: by the logs or, where these do not name the backend, by what it served in the same time, at {NamesOf(blamed)}. Check its address, DNS, network rules and private endpoint as API Management sees them."),
        _ => $"The logs show no failure of {NamesOf(blamed)}. Check that API Management runs the priorities and weights of infra/gateway/backends.json, and look for failures just before this range.",
    };

    private static string Attempts(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "attempt" : "attempts")}");

    private static string Percent(double share) => (share * 100).ToString("0.#' %'", CultureInfo.InvariantCulture);

    private static string NamesOf(IReadOnlyList<ConfiguredBackend> backends) => string.Join(" and ", backends.Select(NameOf));

    private static string NameOf(ConfiguredBackend backend) => $"{backend.Name} ({backend.Region})";
}
