namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>A URL, as policy expressions see it.</summary>
public interface IUrl
{
    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The query's parameters.</summary>
    public IHeaders Query { get; }

    /// <summary>The query with its question mark, or nothing.</summary>
    public string QueryString { get; }

    /// <summary>http or https.</summary>
    public string Scheme { get; }
}
