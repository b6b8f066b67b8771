using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// The <c>context</c> of policy expressions: of what API Management documents, the members that policies for models use.
/// Everything is read-only to an expression. What is not here does not compile, so a policy can not come to rely on it.
/// </summary>
public interface IPolicyContext
{
    /// <summary>The API that was called.</summary>
    public IApi Api { get; }

    /// <summary>The time since <see cref="Timestamp"/>.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The error that led to the on-error section; null elsewhere.</summary>
    public ILastError? LastError { get; }

    /// <summary>The operation that was called.</summary>
    public IOperation? Operation { get; }

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

    /// <summary>The variables that policies have set.</summary>
    public IVariables Variables { get; }
}

/// <summary>An API, as policy expressions see it.</summary>
public interface IApi
{
    /// <summary>The id.</summary>
    public string Id { get; }
}

/// <summary>An operation of an API, as policy expressions see it.</summary>
public interface IOperation
{
    /// <summary>The id.</summary>
    public string Id { get; }
}

/// <summary>A subscription, as policy expressions see it.</summary>
public interface ISubscription
{
    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }
}

/// <summary>The request, as policy expressions see it.</summary>
public interface IRequest
{
    /// <summary>The body; null when there is none.</summary>
    public IMessageBody? Body { get; }

    /// <summary>The headers, as policies have left them.</summary>
    public IHeaders Headers { get; }

    /// <summary>The caller's address.</summary>
    public string IpAddress { get; }

    /// <summary>The parameters of the operation's URL template.</summary>
    public IReadOnlyDictionary<string, string> MatchedParameters { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The URL that the latest attempt went to; before the first, the caller's.</summary>
    public IUrl Url { get; }
}

/// <summary>The response, as policy expressions see it.</summary>
public interface IResponse
{
    /// <summary>The headers, as policies have left them.</summary>
    public IHeaders Headers { get; }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The words that go with the status code.</summary>
    public string StatusReason { get; }
}

/// <summary>Headers, as policy expressions see them. Names are compared without case.</summary>
public interface IHeaders
{
    /// <summary>Whether a header is there.</summary>
    public bool ContainsKey(string name);

    /// <summary>The values joined by commas, or <paramref name="defaultValue"/> when there are none.</summary>
    public string? GetValueOrDefault(string name, string? defaultValue = null);
}

/// <summary>The body of a request, as policy expressions see it.</summary>
public interface IMessageBody
{
    /// <summary>
    /// The body as a string, JObject, JArray or JToken. Unless <paramref name="preserveContent"/> is set the body is used up:
    /// what is sent on is then empty.
    /// </summary>
    public T As<T>(bool preserveContent = false)
        where T : class;
}

/// <summary>A URL, as policy expressions see it.</summary>
public interface IUrl
{
    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The port.</summary>
    public int Port { get; }
}

/// <summary>An error, as policy expressions in the on-error section see it.</summary>
public interface ILastError
{
    /// <summary>The element, or the built-in step, where it occurred.</summary>
    public string Source { get; }

    /// <summary>The machine's word for it.</summary>
    public string Reason { get; }

    /// <summary>The description for a person.</summary>
    public string Message { get; }

    /// <summary>The section where it occurred, or null for a built-in step.</summary>
    public string? Section { get; }

    /// <summary>Where in the section the element stands, e.g. <c>retry[1]/forward-request[1]</c>.</summary>
    public string? Path { get; }
}

/// <summary>The variables of a request, as policy expressions see them.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Named for what it is to a policy.")]
public interface IVariables : IReadOnlyDictionary<string, object?>
{
    /// <summary>The variable as a <typeparamref name="T"/>, or <paramref name="defaultValue"/> when it is not set.</summary>
    /// <exception cref="InvalidCastException">It is set and is something else.</exception>
    public T? GetValueOrDefault<T>(string name, T? defaultValue = default);
}
