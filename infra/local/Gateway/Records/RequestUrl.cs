namespace ContosoSuites.Local.Gateway.Records;

/// <summary>The URL of a request in its parts, as most records never need the whole.</summary>
internal readonly record struct RequestUrl(string Scheme, HostString Host, PathString Path, QueryString Query)
{
    public static RequestUrl Of(HttpRequest request) => new(request.Scheme, request.Host, request.PathBase + request.Path, request.QueryString);

    /// <summary>The whole, without the value of the query parameter <paramref name="secret"/>: a log is no place for keys.</summary>
    public string ToString(string secret) => $"{Scheme}://{Host.Value}{Path.ToUriComponent()}{Without(secret).Value}";

    private QueryString Without(string secret)
    {
        if (Query.Value is not { Length: > 1 } query || !query.Contains(secret, StringComparison.OrdinalIgnoreCase))
        {
            return Query;
        }

        var parameters = query[1..].Split('&').Select(parameter =>
            parameter.StartsWith(secret + "=", StringComparison.OrdinalIgnoreCase) ? secret + "=***" : parameter);
        return new QueryString("?" + string.Join('&', parameters));
    }
}
