using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions.Context;

namespace ContosoSuites.Local.Gateway.Api;

/// <summary>An operation and the requests that call it: a method, and a path whose parameters stand for one segment each.</summary>
internal sealed class ApiRoute : IOperation
{
    private readonly int _rootLength;
    private readonly string[] _segments;

    public ApiRoute(OperationEntry operation, PathString root)
    {
        Id = operation.Name;
        Name = operation.DisplayName;
        Method = operation.Method;
        UrlTemplate = operation.UrlTemplate;
        _rootLength = root.Value?.Length ?? 0;
        _segments = ((root.Value ?? "") + operation.UrlTemplate).TrimStart('/').Split('/');
    }

    public string Id { get; }

    public string Method { get; }

    public string Name { get; }

    public string UrlTemplate { get; }

    /// <summary>The part of a matching path that the backend gets: what is below the API's own.</summary>
    public PathString BackendPath(PathString path) => new(path.Value![_rootLength..]);

    public bool Matches(string method, PathString path)
    {
        if (!method.Equals(Method, StringComparison.OrdinalIgnoreCase) || !path.HasValue)
        {
            return false;
        }

        var rest = path.Value.AsSpan(1);
        for (var i = 0; i < _segments.Length; i++)
        {
            var end = rest.IndexOf('/');
            var isLast = i == _segments.Length - 1;
            if (isLast != (end < 0))
            {
                return false;
            }

            var segment = end < 0 ? rest : rest[..end];
            if (IsParameter(_segments[i]) ? segment.IsEmpty : !segment.Equals(_segments[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return true;
    }

    /// <summary>The parameters of a matching path.</summary>
    public IReadOnlyDictionary<string, string> Parameters(PathString path)
    {
        var values = path.Value![1..].Split('/');
        return _segments.Zip(values).Where(pair => IsParameter(pair.First)).ToDictionary(pair => pair.First[1..^1], pair => pair.Second);
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{') && segment.EndsWith('}');
}
