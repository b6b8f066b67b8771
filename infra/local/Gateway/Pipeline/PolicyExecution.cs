using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions.Context;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>One request on its way through the policy: what the policies work on, and what their expressions see.</summary>
internal sealed class PolicyExecution : IPolicyContext, IDisposable
{
    private readonly HttpContext _http;
    private readonly long _start;
    private bool _isInOnError;
    private CallLimit? _limit;

    public PolicyExecution(GatewayServices services, HttpContext http)
    {
        _http = http;
        _start = services.Time.GetTimestamp();
        Services = services;
        Route = services.Api.Find(http.Request.Method, http.Request.Path);
        Request = new RequestState(http.Request, Route, http.Request.QueryString.Value ?? "");
        Record = new RequestRecord(Guid.NewGuid(), services.Time.GetUtcNow())
        {
            Method = http.Request.Method,
            Url = RequestUrl.Of(http.Request),
            CallerIpAddress = http.Connection.RemoteIpAddress,
            RequestHeaders = HeadersToLog(services.Diagnostics, http.Request),
            ApiId = services.Api.Contains(http.Request.Path) ? services.Api.Id : null,
            OperationId = Route?.Id,
            Bodies = services.Diagnostics.LogMessages ? new LoggedBodies() : null,
        };
    }

    public GatewayServices Services { get; }

    /// <summary>The operation; null when the request matches none.</summary>
    public ApiRoute? Route { get; }

    public RequestState Request { get; }

    public ResponseState? Response { get; private set; }

    public VariableBag Variables { get; } = new();

    public RequestRecord Record { get; }

    /// <summary>The headers of the answer, where those of the current response are.</summary>
    public IHeaderDictionary ResponseHeaders => _http.Response.Headers;

    public CancellationToken CallerGone => _http.RequestAborted;

    /// <summary>Whom forward-request calls.</summary>
    public IBackendTarget? Target { get; set; }

    /// <summary>Whom it has called for this request.</summary>
    public TriedBackends Tried { get; set; }

    public SubscriptionInfo? Subscription { get; set; }

    /// <summary>The error that the latest <see cref="PolicyFlow.Fail"/> is about.</summary>
    public PolicyError? Error { get; private set; }

    /// <summary>The limit of the latest call, which goes on to bound its response's body.</summary>
    public CallLimit? Limit => _limit;

    IApi IPolicyContext.Api => Services.Api;

    IDeployment IPolicyContext.Deployment => Services.Deployment;

    TimeSpan IPolicyContext.Elapsed => Services.Time.GetElapsedTime(_start);

    ILastError? IPolicyContext.LastError => _isInOnError ? Error : null;

    IOperation? IPolicyContext.Operation => Route;

    IProduct? IPolicyContext.Product => null;

    IRequest IPolicyContext.Request => Request;

    Guid IPolicyContext.RequestId => Record.RequestId;

    IResponse? IPolicyContext.Response => Response;

    ISubscription? IPolicyContext.Subscription => Subscription;

    DateTime IPolicyContext.Timestamp => Record.Timestamp.UtcDateTime;

    bool IPolicyContext.Tracing => false;

    IVariables IPolicyContext.Variables => Variables;

    void IPolicyContext.Trace(string message) => Record.Add(new TraceRecord("context.Trace", "verbose", message, []));

    /// <summary>Puts <paramref name="response"/> in the place of the current one.</summary>
    public void ReplaceResponse(ResponseState? response)
    {
        Response?.Dispose();
        Response = response;
        if (response is null)
        {
            ResponseHeaders.Clear();
        }
    }

    /// <summary>A new limit for a new call.</summary>
    public CallLimit LimitCall(TimeSpan time)
    {
        _limit?.Dispose();
        return _limit = new CallLimit(time, Services.Time, CallerGone);
    }

    /// <summary>Notes <paramref name="error"/>, on the way to the on-error section.</summary>
    public PolicyFlow Fail(PolicyError error, Exception? exception = null)
    {
        if (error.IsInternal)
        {
            Services.Log.PolicyFailed(Record.RequestId, error.Source, error.Message, exception);
        }

        Error = error;
        return PolicyFlow.Fail;
    }

    /// <summary>Forgets the error: a retry may cure it.</summary>
    public void ClearError() => Error = null;

    /// <summary>Shows the error to expressions, with the answer that the caller gets unless the section changes it.</summary>
    public void EnterOnError()
    {
        _isInOnError = true;
        Record.LastErrorReason = Error!.Reason;
        ReplaceResponse(ErrorAnswer.Create(this, Error));
    }

    /// <summary>Completes the record.</summary>
    public RequestRecord Complete()
    {
        Record.TotalTime = Services.Time.GetElapsedTime(_start);
        return Record;
    }

    public void Dispose()
    {
        Response?.Dispose();
        _limit?.Dispose();
    }

    // Now, as a policy may change or remove them.
    private static StringValues[] HeadersToLog(DiagnosticsFile diagnostics, HttpRequest request)
    {
        var names = diagnostics.RequestHeaders;
        if (names.Count == 0)
        {
            return [];
        }

        var values = new StringValues[names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = request.Headers[names[i]];
        }

        return values;
    }
}
