using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ContosoSuites.Local.Servers;

/// <summary>A web server on this machine that is a guest in its process: neither the environment nor files nor signals decide anything in it.</summary>
internal static class EmbeddedServer
{
    /// <summary>Begins with one on a port of the loopback address; 0 takes a free one.</summary>
    public static WebApplicationBuilder CreateBuilder(int port, Action<ListenOptions>? listen = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, endpoint => listen?.Invoke(endpoint));
        });
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, OwnersLifetime>();
        return builder;
    }

    /// <summary>Starts it with what it serves. It listens when this returns; disposing it stops it.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<WebApplication> StartAsync(this WebApplicationBuilder builder, Action<WebApplication> map, CancellationToken cancellationToken) =>
        StartWholeAsync(builder.Build(), app =>
        {
            map(app);
            return app.StartAsync(cancellationToken);
        });

    /// <summary>Starts something; when that fails, what has started of it is stopped again.</summary>
    public static async Task<T> StartWholeAsync<T>(T whole, Func<T, Task> start)
        where T : IAsyncDisposable
    {
        try
        {
            await start(whole);
            return whole;
        }
        catch
        {
            await whole.DisposeAsync();
            throw;
        }
    }

    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
