using System.Net;
using ContosoSuites.Local.Host.App;
using Microsoft.AspNetCore.Connections;

namespace ContosoSuites.Local.Host.Http;

/// <summary>Kestrel on 127.0.0.1, with the limits of the Functions host.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const long MaxRequestBodyBytes = 100 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly TimeSpan _shutdownTimeout;

    private HttpServer(WebApplication app, TimeSpan shutdownTimeout)
    {
        _app = app;
        _shutdownTimeout = shutdownTimeout;
        Endpoint = new Uri(app.Urls.Single());
    }

    public Uri Endpoint { get; }

    /// <summary>Binds the port and serves what <paramref name="map"/> adds.</summary>
    /// <exception cref="PortInUseException">The port is taken.</exception>
    public static async Task<HttpServer> StartAsync(
        FunctionsHostOptions options, Action<IEndpointRouteBuilder> map, CancellationToken cancellationToken)
    {
        // Nothing of the machine's environment (ASPNETCORE_URLS and so on) reaches an empty builder.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRouting();
        builder.Services.AddLogging(options.ConfigureLogging ?? FunctionsApp.WarningsToConsole);
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft", LogLevel.Warning));

        WebApplication app = builder.Build();
        try
        {
            map(app);
            await app.StartAsync(cancellationToken);
            return new HttpServer(app, options.ShutdownTimeout);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new PortInUseException(options.Port, e);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets running requests end within the shutdown timeout, then aborts them.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(_shutdownTimeout);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
