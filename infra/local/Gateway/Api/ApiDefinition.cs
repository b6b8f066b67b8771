using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions;
using Microsoft.AspNetCore.Routing.Template;

namespace ContosoSuites.Local.Gateway.Api;

/// <summary>The API: which requests are for it, and which operation of it they call.</summary>
internal sealed class ApiDefinition : IApi
{
    private readonly PathString _root;
    private readonly ApiOperation[] _operations;

    public ApiDefinition(ApiFile file)
    {
        Id = file.Name;
        _root = file.Path.Trim('/') is { Length: > 0 } path ? new PathString("/" + path) : PathString.Empty;
        _operations = [.. file.Operations.Select(operation => new ApiOperation(operation))];
    }

    public string Id { get; }

    /// <summary>Whether <paramref name="path"/> belongs to the API, with an operation or without.</summary>
    public bool Contains(PathString path) => path.StartsWithSegments(_root);

    /// <summary>The call of an operation that a request makes; null when it makes none.</summary>
    public ApiCall? Find(string method, PathString path) =>
        path.StartsWithSegments(_root, out var rest) ? _operations.Select(operation => operation.Match(method, rest)).FirstOrDefault(call => call is not null) : null;
}

/// <summary>An operation and the requests that call it: a method, and a path whose parameters stand for one segment each.</summary>
internal sealed class ApiOperation(OperationEntry entry) : IOperation
{
    private readonly TemplateMatcher _template = new(TemplateParser.Parse(entry.UrlTemplate.TrimStart('/')), []);

    public string Id => entry.Name;

    /// <summary>The call of a request that calls it; null for one that does not.</summary>
    public ApiCall? Match(string method, PathString path)
    {
        var parameters = new RouteValueDictionary();
        return method.Equals(entry.Method, StringComparison.OrdinalIgnoreCase) && _template.TryMatch(path, parameters) ? new ApiCall(this, path, parameters) : null;
    }
}

/// <summary>A request's call of an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">The part of the path that the backend gets: what is below the API's own.</param>
/// <param name="Values">The parameters of the operation's template.</param>
internal sealed record ApiCall(ApiOperation Operation, PathString Path, RouteValueDictionary Values)
{
    /// <summary>The parameters of the operation's template.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Values.ToDictionary(value => value.Key, value => (string)value.Value!);
}

/// <summary>Knows the caller by its subscription key, in the API's header or query parameter.</summary>
internal sealed class SubscriptionKeys
{
    private readonly ApiFile _api;
    private readonly FrozenDictionary<string, GatewaySubscription> _subscriptions;

    /// <exception cref="GatewayConfigurationException">A key is missing, or two subscriptions share one.</exception>
    public SubscriptionKeys(ApiFile api, IReadOnlyList<GatewaySubscription> subscriptions)
    {
        foreach (var keys in subscriptions.GroupBy(subscription => subscription.Key))
        {
            var ids = string.Join(" and ", keys.Select(subscription => subscription.Id));
            GatewayConfigurationException.ThrowIf(keys.Key.Length == 0, $"The gateway's subscription {ids} has no key.");
            GatewayConfigurationException.ThrowIf(keys.Count() > 1, $"The gateway's subscriptions {ids} have the same key.");
        }

        _api = api;
        _subscriptions = subscriptions.ToFrozenDictionary(subscription => subscription.Key);
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
    public GatewaySubscription? Match(string key) => _subscriptions.GetValueOrDefault(key);
}
