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
internal sealed class ForwardRequest(PolicyPosition position, PolicyValue<int> timeout, bool bufferResponse) : IPolicy
{
    private const int DefaultTimeout = 300;

    public static PolicyElement Element { get; } = new("forward-request", PolicySections.Backend, Read);

    /// <summary>What the global scope does for a policy that only says <c>base</c>.</summary>
    public static ForwardRequest Default(PolicyPosition position) => new(position, PolicyValue<int>.Literal(DefaultTimeout), bufferResponse: true);

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
        var limit = execution.LimitCall(TimeSpan.FromSeconds(timeout.Get(execution)));
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

    private PolicyFlow NobodyToAsk(PolicyExecution execution)
    {
        var error = PolicyError.PoolUnavailable(position);
        if (execution.Services.EmptyPool == EmptyPool.IsError)
        {
            return execution.Fail(error);
        }

        execution.ReplaceResponse(ErrorAnswer.Create(execution, error));
        return PolicyFlow.Continue;
    }

    private PolicyFlow NoResponse(PolicyExecution execution, Backend backend, ForwardResult result)
    {
        if (result.Error == ForwardError.CallerGone)
        {
            return PolicyFlow.Abandon;
        }

        execution.Services.Log.BackendFailed(execution.Record.RequestId, backend.Name, result.Error, result.Exception!.Message);
        return execution.Fail(result.Error == ForwardError.Timeout
            ? PolicyError.Timeout(position)
            : PolicyError.BackendConnectionFailure(position, result.Exception.Message));
    }

    private static ForwardRequest Read(PolicyElementReader reader)
    {
        reader.Choice("buffer-request-body", "false", "true");
        reader.Only("fail-on-error-status-code", "false");
        reader.Only("follow-redirects", "false");
        return new ForwardRequest(
            reader.Position,
            reader.OptionalValue<int>("timeout") ?? PolicyValue<int>.Literal(DefaultTimeout),
            reader.Choice("buffer-response", "true", "false") == "true");
    }
}
