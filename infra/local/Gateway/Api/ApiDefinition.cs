using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions.Context;

namespace ContosoSuites.Local.Gateway.Api;

/// <summary>The API: which requests are for it, and which operation of it they call.</summary>
internal sealed class ApiDefinition : IApi
{
    private readonly PathString _root;
    private readonly ApiRoute[] _routes;

    public ApiDefinition(ApiFile file)
    {
        Id = file.Name;
        Name = file.DisplayName;
        Path = file.Path.Trim('/');
        SubscriptionKeyHeader = file.SubscriptionKeyHeader;
        _root = Path.Length == 0 ? PathString.Empty : new PathString("/" + Path);
        _routes = [.. file.Operations.Select(operation => new ApiRoute(operation, _root))];
    }

    public string Id { get; }

    public string Name { get; }

    public string Path { get; }

    /// <summary>The header that the subscription key comes in.</summary>
    public string SubscriptionKeyHeader { get; }

    /// <summary>Whether <paramref name="path"/> belongs to the API, with an operation or without.</summary>
    public bool Contains(PathString path) => path.StartsWithSegments(_root);

    /// <summary>The operation of a request; null when there is none.</summary>
    public ApiRoute? Find(string method, PathString path)
    {
        foreach (var route in _routes)
        {
            if (route.Matches(method, path))
            {
                return route;
            }
        }

        return null;
    }
}
