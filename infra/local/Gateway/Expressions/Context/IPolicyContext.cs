namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>
/// The <c>context</c> of policy expressions, with the members that API Management documents. Everything is read-only to an
/// expression. What is not here does not compile, so a policy can not come to rely on it.
/// </summary>
public interface IPolicyContext
{
    /// <summary>The API that was called.</summary>
    public IApi Api { get; }

    /// <summary>The gateway itself.</summary>
    public IDeployment Deployment { get; }

    /// <summary>The time since <see cref="Timestamp"/>.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The error that led to the on-error section; null elsewhere.</summary>
    public ILastError? LastError { get; }

    /// <summary>The operation that was called.</summary>
    public IOperation? Operation { get; }

    /// <summary>The product of the subscription; null, as the subscriptions here are for the API itself.</summary>
    public IProduct? Product { get; }

    /// <summary>The caller's request.</summary>
    public IRequest Request { get; }

    /// <summary>The id of this request.</summary>
    public Guid RequestId { get; }

    /// <summary>The response; null as long as there is none.</summary>
    public IResponse? Response { get; }

    /// <summary>The subscription of the caller's key.</summary>
    public ISubscription? Subscription { get; }

    /// <summary>When the request was received.</summary>
    public DateTime Timestamp { get; }

    /// <summary>Whether the caller asked for a trace.</summary>
    public bool Tracing { get; }

    /// <summary>The user of the subscription; null, as the subscriptions here belong to nobody.</summary>
    public IUser? User { get; }

    /// <summary>The variables that policies have set.</summary>
    public IVariables Variables { get; }

    /// <summary>Adds a message to the trace of this request.</summary>
    public void Trace(string message);
}
