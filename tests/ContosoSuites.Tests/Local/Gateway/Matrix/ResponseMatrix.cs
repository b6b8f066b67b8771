using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>
/// The response matrix: what the deployed policy makes of everything that a backend can do. The tests run every cause of
/// every row, and the table in the documentation is this one.
/// </summary>
internal static class ResponseMatrix
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static MatrixRow CallerLeaves { get; } =
        new("the caller disconnects", Trips.No, Retried: false, CallerGets.Nothing);

    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        new("2xx", Trips.No, Retried: false, CallerGets.AsIs,
            Cause.None),
        new("400 401 403 404, 409", Trips.No, Retried: false, CallerGets.AsIsAtOnce,
            Cause.Status(400), Cause.Status(401), Cause.Status(403), Cause.Status(404), Cause.Status(409)),
        new("409 with Retry-After", Trips.No, Retried: true, CallerGets.CureOrConflict,
            Cause.Status(409, TimeSpan.FromSeconds(1))),
        new("408, 499", Trips.Yes, Retried: true, CallerGets.CureOrSame,
            Cause.Status(408), Cause.Status(499)),
        new("429", Trips.ForRetryAfter, Retried: true, CallerGets.CureOrThrottling,
            Cause.Throttle(TimeSpan.FromSeconds(7)), Cause.Throttle(), Cause.Status(429, TimeSpan.FromSeconds(3))),
        new("500 502 503 504", Trips.Yes, Retried: true, CallerGets.CureOrUnavailable,
            Cause.Status(500), Cause.Status(502), Cause.Status(503), Cause.Status(504)),
        new("503 with Retry-After", Trips.ForRetryAfter, Retried: true, CallerGets.CureOrUnavailable,
            Cause.Status(503, TimeSpan.FromSeconds(4))),
        new("no response (DNS, refused, reset, timeout, TLS)", Trips.No, Retried: true, CallerGets.CureOrUnavailable,
            Cause.Misdirected("no such name", ForwardError.NameResolution, _ => Nowhere.Name),
            Cause.Silent("refused", ForwardError.Connection, new RefuseFault()),
            Cause.Silent("reset", ForwardError.Reset, new ResetFault()),
            Cause.Silent("timeout", ForwardError.Timeout, new DelayHeadersFault(Hour)),
            Cause.Silent("TLS for another name", ForwardError.Tls, new WrongTlsNameFault()),
            Cause.Misdirected("no TLS", ForwardError.Tls, url => new UriBuilder(url) { Scheme = "https" }.Uri)),
        CallerLeaves,
    ];

    /// <summary>The table as it stands in the documentation.</summary>
    public static string Render() => MarkdownTable.Render(
        ["the backend says", "breaker trips", "retried on another backend", "the caller gets"],
        Rows.Select(row => new[] { row.Says, Words(row.Trips), row.Retried ? "yes, at once" : "no", row.Gets.Text }));

    private static string Words(Trips trips) => trips switch
    {
        Trips.No => "no",
        Trips.Yes => "yes",
        _ => "yes, for Retry-After",
    };
}
