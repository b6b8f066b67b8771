using System.Globalization;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Pipeline;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>forward-request</c>: calls the next backend and makes its response the context's. The request body is always buffered
/// here, so <c>buffer-request-body</c> changes nothing, and the local instances speak HTTP/1.1 only.
/// </summary>
internal sealed class ForwardRequest(PolicyPosition position, PolicyValue<int> timeout, TimeSpan unit, bool bufferResponse) : IPolicy
{
    private static readonly PolicyValue<int> DefaultTimeout = PolicyValue<int>.Literal(300);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public static PolicyElement Element { get; } = new("forward-request", PolicySections.Backend, Read);

    /// <summary>What the global scope does for a policy that only says <c>base</c>.</summary>
    public static ForwardRequest Default(PolicyElementReader reader)
    {
        reader.Loader.Forwards = reader;
        return new ForwardRequest(reader.Position, DefaultTimeout, Second, bufferResponse: true);
    }

    public async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        execution.ReplaceResponse(null);
        if (execution.Target is not { } target)
        {
            return execution.Fail(PolicyError.BackendNotSet(position));
        }

        if (target.Next(execution.Tried) is not { } backend)
        {
            return NobodyToAsk(execution);
        }

        execution.Tried = execution.Tried.With(backend);
        return await CallAsync(execution, backend);
    }

    private async ValueTask<PolicyFlow> CallAsync(PolicyExecution execution, Backend backend)
    {
        var services = execution.Services;
        var request = execution.Request;
        var url = backend.UrlOf(request.BackendPath, request.Query);
        request.BackendUrl = url;

        var start = services.Time.GetTimestamp();
        var limit = execution.LimitCall(Timeout(execution));
        var result = await services.Forwarder.SendAsync(request.Http, request.Content, backend, url, limit);
        execution.Record.Add(new AttemptRecord(
            backend.Name, url, (int?)result.Response?.StatusCode, result.Error, services.Time.GetElapsedTime(start)));

        if (!result.HasResponse)
        {
            return NoResponse(execution, backend, result);
        }

        backend.Breaker.Observe((int)result.Response.StatusCode, RetryAfter.Read(result.Response.Headers, services.Time));
        try
        {
            execution.ReplaceResponse(ResponseState.From(result.Response, execution.ResponseHeaders, flushEachPiece: !bufferResponse));
            return PolicyFlow.Continue;
        }
        catch (InvalidOperationException exception)
        {
            result.Response.Dispose();
            return NoResponse(execution, backend, ForwardResult.Of(ForwardError.InvalidResponse, exception));
        }
    }

    private TimeSpan Timeout(PolicyExecution execution)
    {
        var time = unit * Math.Max(0, timeout.Get(execution));
        return time < LongestTimeout ? time : LongestTimeout;
    }

    private PolicyFlow NobodyToAsk(PolicyExecution execution)
    {
        var error = PolicyError.PoolUnavailable(position);
        if (execution.Services.EmptyPool == EmptyPool.IsError)
        {
            return execution.Fail(error);
        }

        var response = ErrorAnswer.Create(execution, error);
        if (execution.Services.EmptyPool == EmptyPool.IsResponseWithReason)
        {
            response.SetStatus(error.StatusCode, $"Backend pool '{execution.Target!.Name}' is temporarily unavailable.");
            execution.ResponseHeaders.Date = execution.Services.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        }

        execution.ReplaceResponse(response);
        return PolicyFlow.Continue;
    }

    private PolicyFlow NoResponse(PolicyExecution execution, Backend backend, ForwardResult result)
    {
        if (result.Error == ForwardError.CallerGone)
        {
            return execution.Fail(PolicyError.ClientConnectionFailure(position));
        }

        execution.Services.Log.BackendFailed(execution.Record.RequestId, backend.Name, result.Error, result.Exception!.Message);
        return execution.Fail(result.Error == ForwardError.Timeout
            ? PolicyError.Timeout(position)
            : PolicyError.BackendConnectionFailure(position, result.Exception.Message));
    }

    private static ForwardRequest Read(PolicyElementReader reader)
    {
        reader.Loader.Forwards = reader;
        reader.Choice("buffer-request-body", "false", "true");
        reader.Choice("http-version", "1", "2or1");
        reader.Only("fail-on-error-status-code", "false");
        reader.Only("follow-redirects", "false");
        var seconds = reader.OptionalValue<int>("timeout");
        var milliseconds = reader.OptionalValue<int>("timeout-ms");
        if (seconds is not null && milliseconds is not null)
        {
            throw reader.Wrong("<forward-request> takes the attribute timeout or timeout-ms, not both.");
        }

        var timeout = milliseconds ?? seconds ?? DefaultTimeout;
        if (timeout.TryGetLiteral(out var time) && time < 0)
        {
            throw reader.Wrong("a timeout of <forward-request> is not negative.");
        }

        return new ForwardRequest(
            reader.Position,
            timeout,
            milliseconds is null ? Second : Millisecond,
            reader.Choice("buffer-response", "true", "false") == "true");
    }
}
