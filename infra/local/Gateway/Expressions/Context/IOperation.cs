namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>An operation of an API, as policy expressions see it.</summary>
public interface IOperation
{
    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>The path below the API's, with parameters in braces.</summary>
    public string UrlTemplate { get; }
}
