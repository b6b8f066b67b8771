using ContosoSuites.Local.Gateway.Expressions.Context;

namespace ContosoSuites.Local.Gateway.Api;

/// <summary>Shows expressions the caller's subscription.</summary>
internal sealed class SubscriptionInfo(GatewaySubscription subscription) : ISubscription
{
    public string Id => subscription.Id;

    public string Key => subscription.Key;

    public string Name => subscription.Name;
}
