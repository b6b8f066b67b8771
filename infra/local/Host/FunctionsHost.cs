using System.Net;
using ContosoSuites.Local.Host.Http;
using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Timers;
using ContosoSuites.Local.Host.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Local.Host;

/// <summary>
/// Runs a functions app as the Functions host does: it starts the app's worker, learns its functions over gRPC, forwards requests
/// to the worker's own web server, and invokes timers by their schedules.
/// </summary>
/// <remarks>
/// Only HTTP and timer triggers are known. Schedules are in UTC, and a timer that was due while the host was down is not made up for.
/// </remarks>
public sealed class FunctionsHost : IAsyncDisposable
{
    private const long MaxRequestBodyBytes = 100 * 1024 * 1024;

    /// <summary>How long the Functions host lets running functions end before it stops.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly FunctionsHostOptions _options;
    private readonly ILoggerFactory _logging;
    private WorkerServer _server = null!;
    private WorkerSupervisor? _supervisor;
    private TimerTriggers? _timers;
    private HttpTriggers? _http;
    private WebApplication? _web;
    private bool _disposed;

    private FunctionsHost(FunctionsHostOptions options)
    {
        _options = options;
        _logging = LoggerFactory.Create(options.ConfigureLogging ?? HostLogging.ToConsole);
    }

    /// <summary>Where the host listens: http://127.0.0.1:{port}/. Functions are below the route prefix of host.json.</summary>
    public Uri Endpoint => new(_web!.Urls.Single());

    /// <summary>The app's services, where its worker runs in this process.</summary>
    /// <exception cref="InvalidOperationException">The worker is a process of its own.</exception>
    public IServiceProvider Services => _supervisor!.Worker.Services ?? throw new InvalidOperationException("The services are another process's.");

    /// <summary>The process of the worker that runs now, where it has one of its own; while a dead one is replaced, of the next.</summary>
    public async Task<int?> GetWorkerProcessIdAsync(CancellationToken cancellationToken)
    {
        await _supervisor!.GetChannelAsync(cancellationToken);
        return _supervisor.Worker.ProcessId;
    }

    /// <summary>Starts an app.</summary>
    /// <exception cref="FunctionsHostException">The app did not start, or its host.json can not be read; the message says why.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <remarks>What an app in this process throws while it starts comes out as it is, an OptionsValidationException for instance.</remarks>
    public static async Task<FunctionsHost> StartAsync(FunctionsHostOptions options, CancellationToken cancellationToken = default)
    {
        var host = new FunctionsHost(options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a timer function now, besides its schedule, and waits for its end.</summary>
    /// <param name="function">Its name.</param>
    /// <returns>Why it failed; null when it did not.</returns>
    public Task<string?> RunTimerAsync(string function) => _timers!.RunAsync(function);

    /// <summary>
    /// Stops: no request is taken any more, what runs may end within the shutdown timeout and is cancelled then, and the worker is
    /// asked to end.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using var limit = new CancellationTokenSource(_options.ShutdownTimeout);
        await Task.WhenAll(_timers?.StopAsync(limit.Token) ?? Task.CompletedTask, _web?.StopAsync(limit.Token) ?? Task.CompletedTask);
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _web, _supervisor, _server })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _timers?.Dispose();
        _http?.Dispose();
        _logging.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await WorkerServer.StartAsync(new WorkerLog(_logging).Write, cancellationToken);
        _supervisor = await WorkerSupervisor.StartAsync(_options, _server, _logging.CreateLogger<FunctionsHost>(), cancellationToken);
        WorkerChannel worker = await _supervisor.GetChannelAsync(cancellationToken);
        _timers = new TimerTriggers(worker.Functions, _supervisor, _options, _logging.CreateLogger<FunctionsHost>());
        _web = CreateWeb(worker.Functions);
        await _web.StartAsync(cancellationToken);
        _timers.Start();
    }

    private WebApplication CreateWeb(IReadOnlyList<WorkerFunction> functions)
    {
        // Nothing of the machine's environment (ASPNETCORE_URLS and so on) reaches an empty builder.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
            kestrel.Listen(IPAddress.Loopback, _options.Port);
        });
        builder.Services.AddRouting().AddHttpForwarder();
        WebApplication web = builder.Build();
        web.UseRouting();

        // A known route with another method is as unknown to the Functions host as any other address: routing's 405 is no answer of its.
        web.Use((context, next) =>
        {
            if (context.GetEndpoint() is RouteEndpoint)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        var keys = new FunctionKeys(_options.FunctionKey);
        _http = new HttpTriggers(_supervisor!, keys, web.Services.GetRequiredService<IHttpForwarder>(), HostJson.RoutePrefixIn(_options.Worker.AppDirectory));
        _http.Map(web, functions.Where(function => function.IsHttp));
        _timers!.Map(web, keys);
        return web;
    }
}
