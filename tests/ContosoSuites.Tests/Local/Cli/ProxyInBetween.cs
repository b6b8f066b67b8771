using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>Stands between a caller and the app, as what people put before an app does, and spoils something.</summary>
internal sealed class ProxyInBetween : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });

    private ProxyInBetween(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts one.</summary>
    /// <param name="app">The app.</param>
    /// <param name="between">What it does with a request; its second argument passes the request on.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public static async Task<ProxyInBetween> StartAsync(Uri app, Func<HttpContext, Func<Task>, Task> between, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        builder.Services.AddHttpForwarder();
        var proxy = new ProxyInBetween(builder.Build());
        IHttpForwarder forwarder = proxy._app.Services.GetRequiredService<IHttpForwarder>();
        proxy._app.Use((HttpContext context, RequestDelegate _) => between(context, async () => await forwarder.SendAsync(context, app.AbsoluteUri, proxy._client)));
        await proxy._app.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>Holds the answer back until all of it is there.</summary>
    public static async Task BufferAsync(HttpContext context, Func<Task> next)
    {
        IHttpResponseBodyFeature body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var held = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(held));
        await next();
        context.Features.Set(body);
        held.Position = 0;
        await held.CopyToAsync(body.Stream, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }
}
