using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Policies;
using ContosoSuites.Local.Gateway.Records;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>One request on its way through the policy: what the policies work on, and what their expressions see.</summary>
internal sealed class PolicyExecution : IPolicyContext, IDisposable
{
    private readonly long _start;
    private bool _isInOnError;

    public PolicyExecution(GatewayServices services, HttpContext http)
    {
        _start = services.Time.GetTimestamp();
        Services = services;
        Http = http;
        Call = services.Api.Find(http.Request.Method, http.Request.Path);
        Request = new RequestState(http.Request, Call);
        Record = new RequestRecord(Guid.NewGuid(), services.Time.GetUtcNow())
        {
            Method = http.Request.Method,
            Url = new RequestUrl(http.Request.Scheme, http.Request.Host, http.Request.PathBase + http.Request.Path, http.Request.QueryString),
            CallerIpAddress = http.Connection.RemoteIpAddress,
            // Now, as a policy may change or remove them.
            RequestHeaders = services.Diagnostics.RequestHeaders.Select(name => http.Request.Headers[name]).ToArray(),
            ApiId = services.Api.Contains(http.Request.Path) ? services.Api.Id : null,
            OperationId = Call?.Operation.Id,
        };
        Tokens = new TokenAccount(this);
    }

    public GatewayServices Services { get; }

    public HttpContext Http { get; }

    /// <summary>The operation that is called; null when the request matches none.</summary>
    public ApiCall? Call { get; }

    public RequestState Request { get; }

    public ResponseState? Response { get; private set; }

    public VariableBag Variables { get; } = new();

    public RequestRecord Record { get; }

    public TokenAccount Tokens { get; }

    /// <summary>The headers of the answer, where those of the current response are.</summary>
    public IHeaderDictionary ResponseHeaders => Http.Response.Headers;

    public CancellationToken CallerGone => Http.RequestAborted;

    public TimeSpan Elapsed => Services.Time.GetElapsedTime(_start);

    public IBackendTarget? Target { get; set; }

    /// <summary>The backends that were asked so far.</summary>
    public List<Backend> Tried { get; } = [];

    public GatewaySubscription? Subscription { get; set; }

    /// <summary>The error that the latest <see cref="PolicyFlow.Fail"/> is about; null when a retry may cure it.</summary>
    public PolicyError? Error { get; set; }

    /// <summary>The limit of the latest call, which goes on to bound its response's body.</summary>
    public CallLimit? Limit { get; private set; }

    IApi IPolicyContext.Api => Services.Api;

    ILastError? IPolicyContext.LastError => _isInOnError ? Error : null;

    IOperation? IPolicyContext.Operation => Call?.Operation;

    IRequest IPolicyContext.Request => Request;

    Guid IPolicyContext.RequestId => Record.RequestId;

    IResponse? IPolicyContext.Response => Response;

    ISubscription? IPolicyContext.Subscription => Subscription;

    DateTime IPolicyContext.Timestamp => Record.Timestamp.UtcDateTime;

    IVariables IPolicyContext.Variables => Variables;

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

    public CallLimit LimitCall(TimeSpan time)
    {
        Limit?.Dispose();
        return Limit = new CallLimit(time, Services.Time, CallerGone);
    }

    /// <summary>Notes <paramref name="error"/>, on the way to the on-error section.</summary>
    public PolicyFlow Fail(PolicyError error, Exception? exception = null)
    {
        if (error.IsInternal)
        {
            Services.Log.PolicyFailed(Record.RequestId, error.Source, error.Reason, exception?.GetType().Name);
        }

        Error = error;
        return PolicyFlow.Fail;
    }

    /// <summary>Shows the error to expressions, with the answer that the caller gets unless the section changes it.</summary>
    public void EnterOnError()
    {
        _isInOnError = true;
        Record.LastErrorReason = Error!.Reason;
        ReplaceResponse(Error.ToResponse(this));
    }

    public void Dispose()
    {
        Response?.Dispose();
        Limit?.Dispose();
    }
}

/// <summary>What all requests share.</summary>
internal sealed record GatewayServices(
    ApiDefinition Api,
    BackendRegistry Backends,
    DiagnosticsFile Diagnostics,
    EmptyPool EmptyPool,
    Forwarder Forwarder,
    GatewayLog Log,
    TimeProvider Time)
{
    public ValueCache Cache { get; } = new(Time);

    public TokenCounters TokenCounters { get; } = new(Time);
}
