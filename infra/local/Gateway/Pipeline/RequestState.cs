using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Expressions.Context;
using Microsoft.AspNetCore.Http.Extensions;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// The caller's request while policies work on it. Its headers and query are the connection's own: a policy that changes
/// them changes what is forwarded.
/// </summary>
internal sealed class RequestState(HttpRequest http, ApiRoute? route, string originalQuery) : IRequest
{
    private HeaderView? _headers;
    private string? _rewrittenPath;

    /// <summary>The body that is forwarded.</summary>
    public ReadOnlyMemory<byte> Content { get; set; }

    public HttpRequest Http => http;

    /// <summary>The path below the backend's address, encoded, with its slash: what is below the API's path, unless a policy has rewritten it.</summary>
    public string BackendPath => _rewrittenPath ?? (route is null ? "" : route.BackendPath(http.Path).ToUriComponent());

    /// <summary>The query that is forwarded, encoded.</summary>
    public string Query => http.QueryString.ToUriComponent();

    /// <summary>Where the latest attempt went; null before the first.</summary>
    public Uri? BackendUrl { get; set; }

    public IMessageBody? Body =>
        Content.IsEmpty && http.ContentLength is null or 0 ? null : new MessageBody(() => Content, bytes => Content = bytes);

    public IHeaders Headers => _headers ??= new HeaderView(http.Headers, name => http.Headers[name]);

    public string IpAddress => http.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";

    public IReadOnlyDictionary<string, string> MatchedParameters => route?.Parameters(http.Path) ?? new Dictionary<string, string>();

    public string Method => http.Method;

    public IUrl OriginalUrl => View(new QueryString(originalQuery));

    public IUrl Url => BackendUrl is { } url ? new UrlView(url) : View(http.QueryString);

    /// <summary>Puts another path and query, both encoded, in the place of the caller's.</summary>
    public void Rewrite(string path, QueryString query)
    {
        _rewrittenPath = path;
        http.QueryString = query;
    }

    private UrlView View(QueryString query) => new(new Uri(UriHelper.BuildAbsolute(http.Scheme, http.Host, http.PathBase, http.Path, query)));
}
