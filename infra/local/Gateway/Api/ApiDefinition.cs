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
    public ApiCall? Find(string method, PathString path)
    {
        if (!path.StartsWithSegments(_root, out var rest))
        {
            return null;
        }

        foreach (var operation in _operations)
        {
            if (operation.Match(method, rest) is { } parameters)
            {
                return new ApiCall(operation, rest, parameters);
            }
        }

        return null;
    }
}

/// <summary>An operation and the requests that call it: a method, and a path whose parameters stand for one segment each.</summary>
internal sealed class ApiOperation(OperationEntry entry) : IOperation
{
    private readonly TemplateMatcher _template = new(TemplateParser.Parse(entry.UrlTemplate.TrimStart('/')), []);

    public string Id => entry.Name;

    /// <summary>The parameters of a request that calls it; null for one that does not.</summary>
    public RouteValueDictionary? Match(string method, PathString path)
    {
        var parameters = new RouteValueDictionary();
        return method.Equals(entry.Method, StringComparison.OrdinalIgnoreCase) && _template.TryMatch(path, parameters) ? parameters : null;
    }
}

/// <summary>A request's call of an operation, with the part of the path that the backend gets: what is below the API's own.</summary>
internal sealed record ApiCall(ApiOperation Operation, PathString Path, RouteValueDictionary Values)
{
    /// <summary>The parameters of the operation's template.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Values.ToDictionary(value => value.Key, value => (string)value.Value!);
}

/// <summary>Knows the caller by its subscription key, in the API's header or query parameter.</summary>
internal sealed class SubscriptionKeys(ApiFile api, IReadOnlyList<GatewaySubscription> subscriptions)
{
    private readonly FrozenDictionary<string, GatewaySubscription> _subscriptions = subscriptions.ToFrozenDictionary(subscription => subscription.Key);

    /// <summary>The key that a request carries; null when it carries none.</summary>
    public string? Find(HttpRequest request)
    {
        if (request.Headers[api.SubscriptionKeyHeader] is { Count: > 0 } header)
        {
            return header[0];
        }

        return request.QueryString.HasValue && request.Query[api.SubscriptionKeyQuery] is { Count: > 0 } query ? query[0] : null;
    }

    /// <summary>The subscription that <paramref name="key"/> belongs to; null when it belongs to none.</summary>
    public GatewaySubscription? Match(string key) => _subscriptions.GetValueOrDefault(key);
}
