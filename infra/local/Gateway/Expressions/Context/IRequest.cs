namespace ContosoSuites.Local.Gateway.Expressions.Context;

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

    /// <summary>The URL that the caller used.</summary>
    public IUrl OriginalUrl { get; }

    /// <summary>The URL that goes to the backend.</summary>
    public IUrl Url { get; }
}
