using ContosoSuites.Local.Host.Http;
using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Timers;
using ContosoSuites.Local.Host.Workers;
using ContosoSuites.Local.Servers;

namespace ContosoSuites.Local.Host;

/// <summary>
/// Runs a functions app as the Functions host does: it starts the app's worker, learns its functions over gRPC, forwards requests
/// to the worker's own web server, and invokes timers by their schedules, in UTC. Other triggers are not known.
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private readonly FunctionsHostOptions _options;
    private readonly ILoggerFactory _logging;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancel = new();
    private WorkerServer? _server;
    private WorkerSupervisor? _workers;
    private TimerTriggers? _timers;
    private WebApplication? _web;

    private FunctionsHost(FunctionsHostOptions options)
    {
        _options = options;
        _logging = LoggerFactory.Create(options.ConfigureLogging);
    }

    /// <summary>Where the host listens: http://127.0.0.1:{port}/. Functions are below the route prefix of host.json.</summary>
    public Uri Endpoint => new(_web!.Urls.Single());

    /// <summary>The worker that runs now, or did a moment ago.</summary>
    public IWorker Worker => _workers!.Worker!;

    /// <summary>Starts an app.</summary>
    /// <exception cref="FunctionsHostException">The app did not start; the message says why.</exception>
    /// <exception cref="IOException">The port is taken, or the app has no host.json.</exception>
    public static Task<FunctionsHost> StartAsync(FunctionsHostOptions options, CancellationToken cancellationToken = default) =>
        EmbeddedServer.StartWholeAsync(new FunctionsHost(options), host => host.StartAsync(cancellationToken));

    /// <summary>Runs a timer function now, besides its schedule, and waits for its end.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public Task<string?> RunTimerAsync(string function) => _timers!.Run(function) ?? throw new ArgumentException($"There is no timer function {function}.", nameof(function));

    /// <summary>Stops: what runs may end within the shutdown timeout and is cancelled then; last the worker is asked to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        _cancel.CancelAfter(_options.ShutdownTimeout);
        await Task.WhenAll(_timers?.EndedAsync() ?? Task.CompletedTask, _web?.StopAsync(_cancel.Token) ?? Task.CompletedTask);
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _web, _workers, _server })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _logging.Dispose();
        _cancel.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        ILogger logger = _logging.CreateLogger<FunctionsHost>();
        _server = await WorkerServer.StartAsync(new WorkerLog(_logging).Write, cancellationToken);
        _workers = new WorkerSupervisor(_options, _server, logger);
        IReadOnlyList<WorkerFunction> functions = (await _workers.GetAsync(cancellationToken)).Functions;
        _timers = new TimerTriggers([.. functions.Where(function => function.IsTimer)], _workers, _options, logger, _stopping.Token, _cancel.Token);
        _web = CreateWeb(functions.Where(function => function.IsHttp), logger);
        await _web.StartAsync(cancellationToken);
        _timers.Start();
    }

    private WebApplication CreateWeb(IEnumerable<WorkerFunction> functions, ILogger logger)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(
            _options.Port, endpoint => endpoint.KestrelServerOptions.Limits.MaxRequestBodySize = 100 * 1024 * 1024);
        var keys = new FunctionKeys(_options.FunctionKey);
        builder.Services.AddSingleton(logger).AddSingleton(_workers!).AddSingleton(keys).AddSingleton<HttpTriggers>().AddRouting().AddHttpForwarder();
        builder.Configuration.AddJsonFile(Path.Combine(_options.Worker.AppDirectory, "host.json"));
        string routePrefix = builder.Configuration["extensions:http:routePrefix"]?.Trim('/') ?? "api";
        WebApplication web = builder.Build();
        web.UseRouting();

        // A known route with another method is as unknown to the Functions host as any other address: routing's 405 is no answer of its.
        web.Use((context, next) => context.GetEndpoint() is RouteEndpoint ? next(context) : Results.StatusCode(StatusCodes.Status404NotFound).ExecuteAsync(context));
        foreach (WorkerFunction function in functions)
        {
            web.Services.GetRequiredService<HttpTriggers>().Map(web, routePrefix, function);
        }

        // The part of the Functions host's admin API that is of use here: a run of a timer function now.
        web.MapPost("admin/functions/{name}", (HttpRequest request, string name) => Results.StatusCode(
            !keys.Admit(request, "admin") ? StatusCodes.Status401Unauthorized : _timers!.Run(name) is null ? StatusCodes.Status404NotFound : StatusCodes.Status202Accepted));
        return web;
    }
}

/// <summary>The app can not be run by this host, for a reason that its developer can act on.</summary>
public sealed class FunctionsHostException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Which app a <see cref="FunctionsHost"/> runs, and how.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The app, and the way in which its worker is run.</summary>
    public required IWorkerHome Worker { get; init; }

    /// <summary>The app's settings; a null value is as good as no entry.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The key that a function of authorization level Function asks for; null to ask for none, as Core Tools do.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Where the logs of the app and of the host go.</summary>
    public Action<ILoggingBuilder> ConfigureLogging { get; init; } = _ => { };

    /// <summary>The clock of the timers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long running functions are given to end at a stop before they are cancelled.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
