using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using ContosoSuites.Local.Host.Workers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>
/// Runs the worker inside this process, from the app's unchanged entry point and with all of the worker's own services, so that
/// a test can replace one of the app's. It talks to the host as any worker does, over gRPC and HTTP.
/// </summary>
/// <remarks>
/// Before a host is built, the hosting library says so on a DiagnosticListener: there the app's configuration and services can
/// still be changed. Listeners are process-wide; an AsyncLocal tells the workers apart that start at the same time.
/// </remarks>
internal sealed class InProcessWorkerHome : IWorkerHome
{
    private readonly Assembly _app;

    /// <summary>Prepares this process for an app; there can be one app in a process, in any number of workers.</summary>
    /// <param name="app">The app's assembly.</param>
    /// <param name="appDirectory">The folder with the app's files.</param>
    public InProcessWorkerHome(Assembly app, string appDirectory)
    {
        _app = app;
        AppDirectory = appDirectory;

        // The worker looks here for what the SDK generated into the app, and for host.json.
        Assembly.SetEntryAssembly(app);
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", appDirectory);
    }

    /// <inheritdoc/>
    public string AppDirectory { get; }

    /// <summary>Changes the app's services after the app has added its own.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <inheritdoc/>
    public IWorker Start(Uri host, string workerId, IReadOnlyDictionary<string, string?> settings)
    {
        Dictionary<string, string?> values = settings.Where(setting => setting.Value is not null).ToDictionary();
        values["Functions:Worker:HostEndpoint"] = host.AbsoluteUri;
        values["Functions:Worker:WorkerId"] = workerId;
        values["Functions:Worker:RequestId"] = Guid.NewGuid().ToString();
        values["Functions:Worker:GrpcMaxMessageLength"] = int.MaxValue.ToString(CultureInfo.InvariantCulture);

        // As where the worker is a process: services of a scope are not to be had outside of one.
        values[HostDefaults.EnvironmentKey] = Environments.Development;
        return new Worker(_app, values, AppDirectory, ConfigureServices);
    }

    private sealed class Worker : IWorker, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly AsyncLocal<bool> _inside = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<string, string?> _settings;
        private readonly Action<IServiceCollection>? _configureServices;
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private IDisposable? _hosting;
        private IHost? _host;

        public Worker(Assembly app, Dictionary<string, string?> settings, string appDirectory, Action<IServiceCollection>? configureServices)
        {
            _settings = settings;
            _configureServices = configureServices;

            // The worker's own choice of a port is one for the whole process. This one is held until the worker's server has it.
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            string[] arguments =
            [
                $"--environment={Environments.Development}",
                $"--contentRoot={appDirectory}",

                // Watching appsettings.json takes an inotify instance per app; Linux allows 128, and tests start many.
                "--hostBuilder:reloadConfigOnChange=false",
                .. settings.Select(setting => $"--{setting.Key}={setting.Value}"),
            ];

            // Unsafe: the caller's ambient values (an Activity, a test's context) must not be captured by the app's singletons.
            new Thread(() => Run(app.EntryPoint!, arguments)) { IsBackground = true, Name = "Worker" }.UnsafeStart();
        }

        public Task Ended => _ended.Task;

        public IServiceProvider? Services => _host?.Services;

        public async ValueTask DisposeAsync()
        {
            // Before there is a host nothing can be stopped.
            if (_host is not null)
            {
                if (!Ended.IsCompleted)
                {
                    await _host.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _socket.Dispose();
        }

        void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
        {
            if (_inside.Value && value.Name == "Microsoft.Extensions.Hosting")
            {
                _hosting = value.Subscribe(this);
            }
        }

        void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
        {
            switch (value)
            {
                case { Key: "HostBuilding", Value: IHostBuilder builder } when _inside.Value:
                    Configure(builder);
                    break;
                case { Key: "HostBuilt", Value: IHost host } when _inside.Value:
                    _host = host;
                    break;
            }
        }

        void IObserver<DiagnosticListener>.OnCompleted()
        {
        }

        void IObserver<DiagnosticListener>.OnError(Exception error)
        {
        }

        void IObserver<KeyValuePair<string, object?>>.OnCompleted()
        {
        }

        void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
        {
        }

        private void Run(MethodInfo main, string[] arguments)
        {
            _inside.Value = true;
            using IDisposable listeners = DiagnosticListener.AllListeners.Subscribe(this);
            try
            {
                main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null);
                _ended.SetResult();
            }
            catch (Exception e)
            {
                // The app's own, whatever it is: the host gives it to whoever started it.
                _ended.SetException(e);
            }
            finally
            {
                _hosting?.Dispose();
            }
        }

        private void Configure(IHostBuilder builder)
        {
            // Once more: the command line shows the app its settings while it adds its services; this puts them above the
            // sources that the worker adds after the command line.
            builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(_settings));
            builder.ConfigureServices(services =>
            {
                services.Configure<KestrelServerOptions>(kestrel => kestrel.ListenHandle((ulong)_socket.Handle));
                services.PostConfigure<WorkerOptions>(worker => worker.Capabilities["HttpUri"] = $"http://{_socket.LocalEndPoint}");
                services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
                _configureServices?.Invoke(services);
            });
        }
    }

    /// <summary>In place of the console lifetime, which would take Ctrl-C away from the program that the worker runs in.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
