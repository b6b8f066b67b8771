using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models;

/// <summary>
/// One simulated Azure OpenAI instance: an HTTP server that speaks the chat completions and embeddings protocol, answers
/// by fixed rules, and can be told to fail.
/// </summary>
public sealed class ModelInstance : IAsyncDisposable
{
    private readonly ModelInstanceOptions _options;
    private readonly ModelListener _listener;
    private readonly FaultSwitch _faults;
    private readonly SemaphoreSlim _settingFault = new(1, 1);
    private bool _disposed;

    private ModelInstance(ModelInstanceOptions options, ModelListener listener, FaultSwitch faults, ModelCounters counters)
    {
        _options = options;
        _listener = listener;
        _faults = faults;
        Counters = counters;
    }

    /// <summary>The instance's name.</summary>
    public string Name => _options.Name;

    /// <summary>The region it claims to be in.</summary>
    public string Region => _options.Region;

    /// <summary>Its root address. It stays the same through every fault.</summary>
    public Uri Endpoint => _listener.Endpoint;

    /// <summary>What it did so far.</summary>
    public ModelCounters Counters { get; }

    /// <summary>The fault it has now; null when it is healthy.</summary>
    public ModelFault? Fault => _faults.Current;

    /// <summary>Starts an instance.</summary>
    /// <param name="options">What the instance is.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The instance, listening.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ModelInstance> StartAsync(
        ModelInstanceOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        var faults = new FaultSwitch();
        var counters = new ModelCounters();
        var api = new ModelApi(options, faults, counters, timeProvider ?? TimeProvider.System);
        ModelListener listener = await ModelListener.StartAsync(
            options.Port, options.MaxRequestBytes, api.HandleAsync, options.Certificates?.Matching, cancellationToken);
        return new ModelInstance(options, listener, faults, counters);
    }

    /// <summary>Makes the instance fail from the next request on, or heals it.</summary>
    /// <param name="fault">How to fail; null to heal.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <returns>A task that ends when the fault is in force.</returns>
    /// <exception cref="ArgumentException">The fault makes no sense for this instance.</exception>
    public async Task SetFaultAsync(ModelFault? fault, CancellationToken cancellationToken = default)
    {
        fault?.Validate();
        if (fault is WrongTlsNameFault && _options.Certificates is null)
        {
            throw new ArgumentException("The instance speaks plain http, which shows no name to be wrong. Start it with --models-https.");
        }

        await _settingFault.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _faults.Set(fault);
            if (fault is RefuseFault)
            {
                await _listener.CloseAsync();
            }
            else
            {
                await _listener.OpenAsync(
                    fault is WrongTlsNameFault ? _options.Certificates!.ForAnotherName : _options.Certificates?.Matching, cancellationToken);
            }
        }
        finally
        {
            _settingFault.Release();
        }
    }

    /// <summary>Stops listening and drops the connections that are left.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        await _settingFault.WaitAsync();
        try
        {
            _disposed = true;
            await _listener.DisposeAsync();
        }
        finally
        {
            _settingFault.Release();
        }
    }
}
