using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>The response matrix at the top of policy.xml, a row per line of it and code.</summary>
internal static class ResponseMatrix
{
    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        Passed(200), Passed(201), Passed(400), Passed(401), Passed(403), Passed(404),
        Cured("408", 408), Cured("499", 499),
        Passed(409),
        new("409 with Retry-After", () => Respond(409, "1"), Trips: false, Retried: true, AloneCode: 200, BothCode: 409, BothRetries: 2, BothRetryAfter: "1"),
        Cured("429 with Retry-After", 429, retryAfter: "7"),
        Cured("429", 429),
        Cured("500", 503, status: 500), Cured("502", 503, status: 502), Cured("503", 503, status: 503), Cured("504", 503, status: 504),
        Silent("connection refused", () => Task.FromResult(new Backing(Unused()))),
        Silent("no such name", () => Task.FromResult(new Backing(new Uri("http://backend.invalid/openai")))),
        Silent("no TLS", () => Start(Stub.Hang, backing => backing with { Url = new Uri($"https://127.0.0.1:{backing.Url.Port}/openai"), CountsRequests = false })),
        Silent("reset before the response", () => Start(Stub.Reset)),
        Silent("timeout", () => Start(Stub.Hang, backing => backing with { Hangs = true })),
    ];

    public static MatrixRow Named(string name) => Rows.Single(row => row.Name == name);

    /// <summary>A port that nobody listens on.</summary>
    public static Uri Unused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/openai");
    }

    private static MatrixRow Passed(int status) =>
        new(status.ToString(CultureInfo.InvariantCulture), () => Respond(status), Trips: false, Retried: false, AloneCode: status, BothCode: status, BothRetries: 0);

    // Both instances fail once each; then their breakers are open and nobody is left for the second retry.
    private static MatrixRow Cured(string name, int bothCode, int? status = null, string? retryAfter = null) =>
        new(name, () => Respond(status ?? bothCode, retryAfter), Trips: true, Retried: true, AloneCode: 200, bothCode, BothRetries: 1, BothRetryAfter: retryAfter ?? "10", BothOwn: true);

    private static MatrixRow Silent(string name, Func<Task<Backing>> start) =>
        new(name, start, Trips: false, Retried: true, AloneCode: 200, BothCode: 503, BothRetries: 2, BothOwn: true);

    private static Task<Backing> Respond(int status, string? retryAfter = null) =>
        Start(Stub.Answer(status, """{"from":"instance"}""", retryAfter));

    private static async Task<Backing> Start(Func<HttpContext, Task> handler, Func<Backing, Backing>? change = null)
    {
        var stub = await StubBackend.StartAsync("failing", handler);
        var backing = new Backing(stub.Url, stub);
        return change?.Invoke(backing) ?? backing;
    }
}

/// <param name="Name">What the instance does.</param>
/// <param name="StartAsync">Starts an instance that does it.</param>
/// <param name="Trips">Whether its breaker trips.</param>
/// <param name="Retried">Whether another instance is asked.</param>
/// <param name="AloneCode">What the caller gets when the other instance is well.</param>
/// <param name="BothCode">What the caller gets when both do it.</param>
/// <param name="BothRetries">The retries made then.</param>
/// <param name="BothRetryAfter">The Retry-After of that answer.</param>
/// <param name="BothOwn">Whether that answer is the gateway's own.</param>
internal sealed record MatrixRow(
    string Name,
    Func<Task<Backing>> StartAsync,
    bool Trips,
    bool Retried,
    int AloneCode,
    int BothCode,
    int BothRetries,
    string? BothRetryAfter = null,
    bool BothOwn = false);

internal sealed record Backing(Uri Url, StubBackend? Stub = null, bool Hangs = false, bool CountsRequests = true) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stub?.DisposeAsync() ?? ValueTask.CompletedTask;
}
