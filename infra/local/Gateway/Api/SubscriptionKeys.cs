using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Configuration;

namespace ContosoSuites.Local.Gateway.Api;

/// <summary>Knows the caller by its subscription key, in the API's header or query parameter.</summary>
internal sealed class SubscriptionKeys
{
    private readonly ApiFile _api;
    private readonly FrozenDictionary<string, SubscriptionInfo> _subscriptions;

    /// <exception cref="GatewayConfigurationException">A key is missing, or two subscriptions share one.</exception>
    public SubscriptionKeys(ApiFile api, IReadOnlyList<GatewaySubscription> subscriptions)
    {
        if (subscriptions.FirstOrDefault(subscription => subscription.Key.Length == 0) is { } keyless)
        {
            throw new GatewayConfigurationException($"The gateway's subscription {keyless.Id} has no key.");
        }

        if (subscriptions.GroupBy(subscription => subscription.Key).FirstOrDefault(group => group.Count() > 1) is { } shared)
        {
            throw new GatewayConfigurationException($"The gateway's subscriptions {string.Join(" and ", shared.Select(subscription => subscription.Id))} have the same key.");
        }

        _api = api;
        _subscriptions = subscriptions.ToFrozenDictionary(subscription => subscription.Key, subscription => new SubscriptionInfo(subscription));
    }

    /// <summary>The key that a request carries; null when it carries none.</summary>
    public string? Find(HttpRequest request)
    {
        if (request.Headers[_api.SubscriptionKeyHeader] is { Count: > 0 } header)
        {
            return header[0];
        }

        return request.QueryString.HasValue && request.Query[_api.SubscriptionKeyQuery] is { Count: > 0 } query ? query[0] : null;
    }

    /// <summary>The subscription that <paramref name="key"/> belongs to; null when it belongs to none.</summary>
    public SubscriptionInfo? Match(string key) => _subscriptions.GetValueOrDefault(key);
}
