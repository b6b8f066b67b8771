using System.Net;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Records;

/// <summary>What one request was and what became of it: all that a log needs, put together while the request runs.</summary>
internal sealed class RequestRecord(Guid requestId, DateTimeOffset timestamp)
{
    private List<AttemptRecord>? _attempts;
    private List<TraceRecord>? _traces;

    /// <summary>The id of the request.</summary>
    public Guid RequestId { get; } = requestId;

    /// <summary>When it was received.</summary>
    public DateTimeOffset Timestamp { get; } = timestamp;

    /// <summary>How long it took, to the last byte of the answer.</summary>
    public TimeSpan TotalTime { get; set; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "";

    /// <summary>What the caller called.</summary>
    public RequestUrl Url { get; init; }

    /// <summary>Who called; null when the connection has no address.</summary>
    public IPAddress? CallerIpAddress { get; init; }

    /// <summary>The values of the request headers that the diagnostics name, in their order.</summary>
    public IReadOnlyList<StringValues> RequestHeaders { get; init; } = [];

    /// <summary>The API's id, or null for a request that is for none.</summary>
    public string? ApiId { get; init; }

    /// <summary>The operation's id, or null when there was none to match.</summary>
    public string? OperationId { get; set; }

    /// <summary>The subscription's id, or null for a caller without a valid key.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The status code that the caller got; 499 when it did not wait for one.</summary>
    public int ResponseCode { get; set; }

    /// <summary>The reason of the last error, or null.</summary>
    public string? LastErrorReason { get; set; }

    /// <summary>What the model call has used; null when no model has answered.</summary>
    public LlmUsage? Usage { get; set; }

    /// <summary>What the caller and the model have said; null unless the diagnostics want it.</summary>
    public LoggedBodies? Bodies { get; init; }

    /// <summary>The calls to backends, in order.</summary>
    public IReadOnlyList<AttemptRecord> Attempts => _attempts ?? (IReadOnlyList<AttemptRecord>)[];

    /// <summary>What the policy has traced.</summary>
    public IReadOnlyList<TraceRecord> Traces => _traces ?? (IReadOnlyList<TraceRecord>)[];

    /// <summary>Adds a call to a backend.</summary>
    public void Add(AttemptRecord attempt) => (_attempts ??= new List<AttemptRecord>(3)).Add(attempt);

    /// <summary>Adds a trace.</summary>
    public void Add(TraceRecord trace) => (_traces ??= new List<TraceRecord>(3)).Add(trace);
}
