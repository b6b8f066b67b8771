namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>The response, as policy expressions see it.</summary>
public interface IResponse
{
    /// <summary>The body.</summary>
    public IMessageBody Body { get; }

    /// <summary>The headers, as policies have left them.</summary>
    public IHeaders Headers { get; }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The words that go with the status code.</summary>
    public string StatusReason { get; }
}
