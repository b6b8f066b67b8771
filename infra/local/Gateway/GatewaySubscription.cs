namespace ContosoSuites.Local.Gateway;

/// <summary>A subscription whose key lets a caller in.</summary>
/// <param name="Id">The id, as policies and logs see it.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Key">What the caller sends as its subscription key.</param>
public sealed record GatewaySubscription(string Id, string Name, string Key)
{
    /// <summary>The key of the subscription that exists when none is configured.</summary>
    public const string LocalKey = "local-subscription-key";

    /// <summary>The subscription that exists when none is configured.</summary>
    public static GatewaySubscription Local { get; } = new("local", "Local development", LocalKey);
}
