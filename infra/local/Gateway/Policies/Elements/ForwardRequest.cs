using System.Globalization;
using System.Net.Http.Headers;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>forward-request</c>: calls the next backend and makes its response the context's. The request body is always buffered
/// here, so <c>buffer-request-body</c> changes nothing.
/// </summary>
internal sealed class ForwardRequest(PolicyPosition position, PolicyValue<int> timeout, TimeSpan unit, bool bufferResponse) : IPolicy
{
    private static readonly PolicyValue<int> DefaultTimeout = PolicyValue<int>.Literal(300);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public static PolicyElement Element { get; } = new("forward-request", PolicySections.Backend, Read);

    /// <summary>What the global scope does for a policy that only says <c>base</c>.</summary>
    public static ForwardRequest Default(PolicyElementReader reader) => new(reader.Position, DefaultTimeout, Second, bufferResponse: true);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        execution.ReplaceResponse(null);
        if (execution.Target is not { } target)
        {
            return new(execution.Fail(PolicyError.BackendNotSet(position)));
        }

        if (target.Next(execution.Tried) is not { } backend)
        {
            return new(NobodyToAsk(execution));
        }

        execution.Tried.Add(backend);
        return CallAsync(execution, backend);
    }

    private async ValueTask<PolicyFlow> CallAsync(PolicyExecution execution, Backend backend)
    {
        var services = execution.Services;
        var request = execution.Request;
        var url = backend.UrlOf(request.BackendPath, request.Query);
        request.BackendUrl = url;

        var start = services.Time.GetTimestamp();
        var limit = execution.LimitCall(Timeout(execution));
        var (response, error, exception) = await services.Forwarder.SendAsync(execution.Http, request.Content, backend, url, limit);
        execution.Record.Attempts.Add(new AttemptRecord(backend.Name, url, (int?)response?.StatusCode, error, services.Time.GetElapsedTime(start)));
        if (response is null)
        {
            return NoResponse(execution, error, exception!);
        }

        backend.Breaker.Observe((int)response.StatusCode, RetryAfter(response.Headers, services.Time));
        try
        {
            execution.ReplaceResponse(await ResponseState.FromAsync(response, execution.Http, flushEachPiece: !bufferResponse));
            return PolicyFlow.Continue;
        }
        catch (InvalidOperationException invalid)
        {
            response.Dispose();
            return NoResponse(execution, ForwardError.InvalidResponse, invalid);
        }
    }

    private TimeSpan Timeout(PolicyExecution execution)
    {
        var time = unit * Math.Max(0, timeout.Get(execution));
        return time < LongestTimeout ? time : LongestTimeout;
    }

    // How long the backend asks to be left alone: seconds, or a date. Null when it does not say, or says it in no known form.
    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time) =>
        headers.NonValidated.Contains("Retry-After") && headers.RetryAfter is { } said ? said.Delta ?? (said.Date - time.GetUtcNow()) : null;

    private PolicyFlow NobodyToAsk(PolicyExecution execution)
    {
        var error = PolicyError.PoolUnavailable(position);
        if (execution.Services.EmptyPool == EmptyPool.IsError)
        {
            return execution.Fail(error);
        }

        var response = error.ToResponse(execution);
        if (execution.Services.EmptyPool == EmptyPool.IsResponseWithReason)
        {
            response.SetStatus(error.StatusCode, $"Backend pool '{execution.Target!.Name}' is temporarily unavailable.");
            execution.ResponseHeaders.Date = execution.Services.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        }

        execution.ReplaceResponse(response);
        return PolicyFlow.Continue;
    }

    private PolicyFlow NoResponse(PolicyExecution execution, ForwardError error, Exception exception) => execution.Fail(error switch
    {
        ForwardError.CallerGone => PolicyError.ClientConnectionFailure(position),
        ForwardError.Timeout => PolicyError.Timeout(position),
        _ => PolicyError.BackendConnectionFailure(position, exception.Message),
    });

    private static ForwardRequest Read(PolicyElementReader reader)
    {
        reader.Choice("buffer-request-body", "false", "true");
        var milliseconds = reader.OptionalValue<int>("timeout-ms");
        var timeout = milliseconds ?? reader.OptionalValue<int>("timeout") ?? DefaultTimeout;
        return new ForwardRequest(
            reader.Position, timeout, milliseconds is null ? Second : Millisecond, reader.Choice("buffer-response", "true", "false") == "true");
    }
}

/// <summary>
/// <c>base</c>: the policies of the scope above. Above the API there are only API Management's defaults here, of which one
/// does something: in the backend section the global scope forwards the request.
/// </summary>
internal static class Base
{
    public static PolicyElement Element { get; } = new(
        "base", PolicySections.All, reader => reader.Section == PolicySections.Backend ? ForwardRequest.Default(reader) : new PolicySequence([]));
}
