using System.Net;
using ContosoSuites.Local.Gateway.Forwarding;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Records;

/// <summary>Takes the record of every request when it is complete. It must not wait: a caller's connection waits with it.</summary>
internal interface IRequestLog
{
    /// <summary>Takes <paramref name="record"/>, which does not change any more.</summary>
    public void Write(RequestRecord record);
}

/// <summary>What one request was and what became of it: all that a log needs, put together while the request runs.</summary>
internal sealed class RequestRecord(Guid requestId, DateTimeOffset timestamp)
{
    public Guid RequestId { get; } = requestId;

    public DateTimeOffset Timestamp { get; } = timestamp;

    /// <summary>How long it took, to the last byte of the answer.</summary>
    public TimeSpan TotalTime { get; set; }

    public string Method { get; init; } = "";

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

    public string? LastErrorReason { get; set; }

    /// <summary>What the model call has used; null when no model has answered.</summary>
    public LlmUsage? Usage { get; set; }

    public List<AttemptRecord> Attempts { get; } = [];

    public List<TraceRecord> Traces { get; } = [];
}

/// <summary>The URL of a request in its parts, as most records never need the whole.</summary>
internal readonly record struct RequestUrl(string Scheme, HostString Host, PathString Path, QueryString Query)
{
    public override string ToString() => $"{Scheme}://{Host.Value}{Path.ToUriComponent()}{Query.Value}";
}

/// <summary>One call to a backend. Its duration ends with the response's headers, or the failure.</summary>
internal sealed record AttemptRecord(string Backend, Uri Url, int? StatusCode, ForwardError Error, TimeSpan Duration);

/// <summary>What a trace policy has said.</summary>
internal sealed record TraceRecord(string Source, string Severity, string Message, IReadOnlyDictionary<string, string>? Metadata = null);

/// <summary>What a model call has used. Without a deployment in the URL, or a model in the response, these are empty.</summary>
internal sealed record LlmUsage(string Deployment, string Model, int PromptTokens, int CompletionTokens, int TotalTokens, bool IsStream);
