using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ContosoSuites.Functions.Distribution.Collection;
using Microsoft.Extensions.DependencyInjection;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>The collector's metrics, and what they add up to.</summary>
internal sealed class MetricSums : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();

    public MetricSums()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == DistributionMetrics.MeterName && instrument.Meter.Scope == meters)
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Sums.AddOrUpdate(Key(instrument, tags), value, (_, sum) => sum + value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Last[Key(instrument, tags)] = value);
        _listener.Start();
        Metrics = new DistributionMetrics(meters);
    }

    public DistributionMetrics Metrics { get; }

    /// <summary>All that there are.</summary>
    public List<Instrument> Instruments { get; } = [];

    /// <summary>The counters, by name and tags.</summary>
    public ConcurrentDictionary<string, long> Sums { get; } = new();

    /// <summary>The gauges, by name and tags.</summary>
    public ConcurrentDictionary<string, double> Last { get; } = new();

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private static string Key(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
}
