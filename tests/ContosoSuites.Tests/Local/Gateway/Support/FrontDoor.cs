using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>One address for several gateways, which take turns request by request, as the instances of one API Management do.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _transport = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Uri[] _gateways;
    private int _turn = -1;

    private FrontDoor(WebApplication app, Uri[] gateways) => (_app, _gateways) = (app, gateways);

    public Uri Endpoint { get; private set; } = null!;

    public static async Task<FrontDoor> StartAsync(params Uri[] gateways)
    {
        var builder = EmbeddedServer.CreateBuilder(port: 0);
        var door = new FrontDoor(builder.Build(), gateways);
        door._app.Run(door.ForwardAsync);
        await door._app.StartAsync();
        door.Endpoint = new Uri(door._app.Urls.Single() + "/");
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _transport.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var gateway = _gateways[Interlocked.Increment(ref _turn) % _gateways.Length];
        using var request = new HttpRequestMessage(HttpMethod.Parse(http.Request.Method), new Uri(gateway, http.Request.Path + http.Request.QueryString.Value))
        {
            Content = new StreamContent(http.Request.Body),
        };
        foreach (var (name, values) in http.Request.Headers.Where(header => header.Key is not "Host" and not "Connection" and not "Transfer-Encoding"))
        {
            _ = request.Headers.TryAddWithoutValidation(name, values.ToArray()) || request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        using var response = await _transport.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => header.Key is not "Transfer-Encoding"))
        {
            http.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
