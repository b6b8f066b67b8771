namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>A product, as policy expressions see it.</summary>
public interface IProduct
{
    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }
}
