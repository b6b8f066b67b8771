namespace ContosoSuites.Local.Gateway.Records;

/// <summary>The URL of a request in its parts, as most records never need the whole.</summary>
internal readonly record struct RequestUrl(string Scheme, HostString Host, PathString Path, QueryString Query)
{
    public static RequestUrl Of(HttpRequest request) => new(request.Scheme, request.Host, request.PathBase + request.Path, request.QueryString);

    public override string ToString() => $"{Scheme}://{Host.Value}{Path.ToUriComponent()}{Query.Value}";
}
