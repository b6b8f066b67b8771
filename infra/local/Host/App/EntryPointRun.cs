using System.Diagnostics;

namespace ContosoSuites.Local.Host.App;

/// <summary>
/// Takes the host out of a program that builds and runs one, leaving the program unchanged. The hosting library announces
/// on a DiagnosticListener that a host is about to be built and that it was built. The first is where its configuration
/// and services can still be changed; at the second this class keeps the host and throws HostAbortedException, which the
/// library defines for this purpose, so that the program ends before it runs the host itself.
/// </summary>
/// <remarks>
/// Listeners are process-wide, so several programs may be building at once. Each runs on a thread of its own, marked by an
/// AsyncLocal of its run, and only what happens under that mark concerns this run.
/// </remarks>
internal sealed class EntryPointRun : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string HostingListener = "Microsoft.Extensions.Hosting";

    private readonly EntryPoint _entryPoint;
    private readonly string[] _args;
    private readonly Action<IHostBuilder> _configure;
    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AsyncLocal<bool> _inside = new();
    private readonly List<IDisposable> _subscriptions = [];

    private EntryPointRun(EntryPoint entryPoint, string[] args, Action<IHostBuilder> configure)
    {
        _entryPoint = entryPoint;
        _args = args;
        _configure = configure;
    }

    /// <summary>Runs a program up to the point where its host is built.</summary>
    /// <param name="entryPoint">The program.</param>
    /// <param name="args">Its command line.</param>
    /// <param name="configure">Called just before the host is built.</param>
    /// <param name="timeout">How long that may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host, not started; the caller disposes it.</returns>
    /// <exception cref="FunctionsHostException">The program ended without a host or took too long.</exception>
    public static async Task<IHost> BuildHostAsync(
        EntryPoint entryPoint, string[] args, Action<IHostBuilder> configure, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var run = new EntryPointRun(entryPoint, args, configure);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenRegistration giveUp = limit.Token.Register(() => run.GiveUp(timeout, cancellationToken));
        limit.CancelAfter(timeout);

        // Unsafe: the caller's ambient values (an Activity, a test's context) must not be captured by the app's singletons.
        new Thread(run.Run) { IsBackground = true, Name = $"Entry point of {entryPoint.Name}" }.UnsafeStart();
        return await run._built.Task;
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (_inside.Value && value.Name == HostingListener)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (!_inside.Value)
        {
            return;
        }

        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            _configure(builder);
        }
        else if (value is { Key: "HostBuilt", Value: IHost host })
        {
            if (!_built.TrySetResult(host))
            {
                // Nobody waits any more.
                host.Dispose();
            }

            throw new HostAbortedException();
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

    private void Run()
    {
        _inside.Value = true;
        using IDisposable listeners = DiagnosticListener.AllListeners.Subscribe(this);
        try
        {
            _entryPoint.Main(_args);
            _built.TrySetException(new FunctionsHostException($"The entry point of {_entryPoint.Name} ended without building a host."));
        }
        catch (Exception e)
        {
            // Without effect when the host is built: then this is our own HostAbortedException or comes of it.
            _built.TrySetException(e);
        }
        finally
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }

    private void GiveUp(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _built.TrySetCanceled(cancellationToken);
        }
        else
        {
            _built.TrySetException(new FunctionsHostException(
                $"The entry point of {_entryPoint.Name} did not build its host within {timeout.TotalSeconds:0.#} seconds."));
        }
    }
}
