namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>A subscription, as policy expressions see it.</summary>
public interface ISubscription
{
    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The key that the caller has used.</summary>
    public string Key { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }
}
