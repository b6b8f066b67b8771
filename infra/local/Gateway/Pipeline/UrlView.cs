using ContosoSuites.Local.Gateway.Expressions.Context;
using Microsoft.AspNetCore.WebUtilities;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>Shows expressions a URL.</summary>
internal sealed class UrlView(Uri uri) : IUrl
{
    private HeaderView? _query;

    public string Host => uri.Host;

    public string Path => uri.AbsolutePath;

    public int Port => uri.Port;

    public string QueryString => uri.Query;

    public string Scheme => uri.Scheme;

    public IHeaders Query => _query ??= ReadQuery();

    public override string ToString() => uri.AbsoluteUri;

    private HeaderView ReadQuery()
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        return new HeaderView(query, name => query.GetValueOrDefault(name));
    }
}
