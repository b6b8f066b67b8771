using System.Net;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Local.Logs;

/// <summary>
/// The query API of Log Analytics over the gateway's log file, for the queries of infra/queries. Any workspace id will do,
/// and any bearer token or none: there is one log, on one machine.
/// </summary>
public sealed class LogQueryServer : IAsyncDisposable
{
    private const int MaxBodyBytes = 1024 * 1024;

    private readonly WebApplication _app;

    private LogQueryServer(WebApplication app)
    {
        _app = app;
        Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single() + "/");
    }

    /// <summary>The API's root; queries go to <c>v1/workspaces/{id}/query</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it. It listens when this returns.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file can not be opened, or is no database.</exception>
    public static async Task<LogQueryServer> StartAsync(LogQueryOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using (LogDatabase.OpenForWriting(options.File))
        {
            // The tables are there, whoever starts first.
        }

        var loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var endpoint = new QueryEndpoint(options.File, options.MaxRows, timeProvider ?? TimeProvider.System, loggers.CreateLogger<LogQueryServer>());

        // Empty: neither the environment nor files nor the console decide anything here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();

        var app = builder.Build();
        app.Run(endpoint.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new LogQueryServer(app);
    }

    /// <summary>Stops it.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
