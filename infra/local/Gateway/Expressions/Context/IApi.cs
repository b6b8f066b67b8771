namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>An API, as policy expressions see it.</summary>
public interface IApi
{
    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>The path below the gateway's root.</summary>
    public string Path { get; }
}
