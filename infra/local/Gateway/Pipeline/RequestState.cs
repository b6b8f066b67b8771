using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Expressions;
using Microsoft.AspNetCore.Http.Extensions;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// The caller's request while policies work on it. Its headers and query are the connection's own: a policy that changes
/// them changes what is forwarded.
/// </summary>
internal sealed class RequestState(HttpRequest http, ApiCall? call) : IRequest
{
    public ReadOnlyMemory<byte> Content { get; set; }

    public HttpRequest Http => http;

    /// <summary>The path below the backend's address, encoded, with its slash: what is below the API's path, unless a policy has rewritten it.</summary>
    public string BackendPath
    {
        get => field ?? call?.Path.ToUriComponent() ?? "";
        set;
    }

    public string Query => http.QueryString.ToUriComponent();

    /// <summary>Where the latest attempt went; null before the first.</summary>
    public Uri? BackendUrl { get; set; }

    public IMessageBody? Body =>
        Content.IsEmpty && http.ContentLength is null or 0 ? null : new BodyView(() => Content, bytes => Content = bytes);

    public IHeaders Headers => new HeaderView(http.Headers);

    public string IpAddress => http.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";

    public IReadOnlyDictionary<string, string> MatchedParameters => call?.Parameters ?? new Dictionary<string, string>();

    public string Method => http.Method;

    public IUrl Url => new UrlView(BackendUrl ?? new Uri(http.GetEncodedUrl()));
}
