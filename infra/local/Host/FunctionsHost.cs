using ContosoSuites.Local.Host.Admin;
using ContosoSuites.Local.Host.App;
using ContosoSuites.Local.Host.Functions;
using ContosoSuites.Local.Host.Http;
using ContosoSuites.Local.Host.Timers;

namespace ContosoSuites.Local.Host;

/// <summary>
/// Runs a functions app inside this process: its own services, built by its own unchanged entry point; its HTTP functions
/// on Kestrel; its timers. It replaces the Functions host and the gRPC channel to the worker, not the app: the functions'
/// attributes, constructors and signatures are what decides.
/// </summary>
/// <remarks>
/// As with Core Tools, authorization levels are not enforced. Not available here: FunctionContext, worker middleware,
/// bindings other than the HTTP and timer triggers, and WEBSITE_TIME_ZONE (schedules are in UTC).
/// </remarks>
public sealed partial class FunctionsHost : IAsyncDisposable
{
    private readonly IHost _app;
    private readonly IReadOnlyList<TimerRunner> _timers;
    private readonly TimeSpan _shutdownTimeout;
    private HttpServer? _server;
    private int _disposed;

    private FunctionsHost(IHost app, FunctionSet functions, IReadOnlyList<TimerRunner> timers, TimeSpan shutdownTimeout)
    {
        _app = app;
        _timers = timers;
        _shutdownTimeout = shutdownTimeout;
        Functions =
        [
            .. functions.Http.Select(f => new HttpFunctionDescriptor(f.Name, f.Route, f.Methods)),
            .. timers.Select(t => new TimerFunctionDescriptor(t.Name, t.Schedule.Text)),
        ];
    }

    /// <summary>Where the host listens: http://127.0.0.1:{port}/. Functions are below the route prefix of host.json.</summary>
    public Uri Endpoint => _server!.Endpoint;

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The app's functions: those with a route, then those with a schedule.</summary>
    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    /// <summary>Starts an app.</summary>
    /// <param name="options">Which app, and how.</param>
    /// <param name="timeProvider">Drives the timers; the system's where null.</param>
    /// <param name="ct">Ends the start.</param>
    /// <returns>The running host.</returns>
    /// <exception cref="FunctionsHostException">This host can not run the app; the message names what is in the way.</exception>
    /// <exception cref="PortInUseException">The port is taken.</exception>
    /// <remarks>What the app itself throws while it starts comes out as it is, an OptionsValidationException for instance.</remarks>
    public static Task<FunctionsHost> StartAsync(FunctionsHostOptions options, TimeProvider? timeProvider = null, CancellationToken ct = default) =>
        StartAsync(options, EntryPoint.Of(options.FunctionsAssembly), options.FunctionsAssembly.GetTypes(), timeProvider, ct);

    /// <summary>Starts the given function classes over the services of the given entry point.</summary>
    internal static async Task<FunctionsHost> StartAsync(
        FunctionsHostOptions options,
        EntryPoint entryPoint,
        IEnumerable<Type> functionTypes,
        TimeProvider? timeProvider = null,
        CancellationToken ct = default)
    {
        FunctionSet functions = FunctionDiscovery.Find(functionTypes, HostJson.Load(options).RoutePrefix);
        IHost app = await FunctionsApp.BuildAsync(entryPoint, options, ct);
        FunctionsHost host;
        try
        {
            List<TimerRunner> timers = CreateTimers(functions, app.Services, timeProvider ?? TimeProvider.System);
            host = new FunctionsHost(app, functions, timers, options.ShutdownTimeout);
        }
        catch
        {
            app.Dispose();
            throw;
        }

        try
        {
            await app.StartAsync(ct);
            host._server = await HttpServer.StartAsync(options, endpoints => host.Map(endpoints, functions), ct);
            foreach (TimerRunner timer in host._timers)
            {
                timer.Start();
            }

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops: timers are cancelled, requests may end within the shutdown timeout, then the app's own services stop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            IEnumerable<Task> timersStop = _timers.Select(timer => timer.StopAsync(_shutdownTimeout));
            await Task.WhenAll([.. timersStop, _server?.DisposeAsync().AsTask() ?? Task.CompletedTask]);
        }
        finally
        {
            foreach (TimerRunner timer in _timers)
            {
                timer.Dispose();
            }

            await StopAppAsync();
        }
    }

    private static List<TimerRunner> CreateTimers(FunctionSet functions, IServiceProvider services, TimeProvider timeProvider)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        return
        [
            .. functions.Timers.Select(function => new TimerRunner(
                function,
                TimerSchedule.Parse(SettingReferences.Resolve(function.Schedule, configuration, function.Name), function.Name),
                services.GetRequiredService<IServiceScopeFactory>(),
                LoggerOf(services, function.Name),
                timeProvider)),
        ];
    }

    private static ILogger LoggerOf(IServiceProvider services, string function) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{function}");

    private void Map(IEndpointRouteBuilder endpoints, FunctionSet functions)
    {
        var scopes = Services.GetRequiredService<IServiceScopeFactory>();
        foreach (HttpFunction function in functions.Http)
        {
            var handler = new HttpFunctionHandler(function, scopes, LoggerOf(Services, function.Name));
            endpoints.Map(function.Pattern, handler.HandleAsync)
                .WithDisplayName(function.Name)
                .WithMetadata(new HttpMethodMetadata(function.Methods));
        }

        new AdminApi(functions, _timers).Map(endpoints);
    }

    private async Task StopAppAsync()
    {
        using var limit = new CancellationTokenSource(_shutdownTimeout);
        try
        {
            await _app.StopAsync(limit.Token);
        }
        catch (Exception e)
        {
            // A stop must not fail for a service of the app: say so and go on with the rest.
            LogAppDidNotStop(Services.GetRequiredService<ILogger<FunctionsHost>>(), e);
        }

        if (_app is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            _app.Dispose();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A service of the app did not stop.")]
    private static partial void LogAppDidNotStop(ILogger logger, Exception exception);
}
