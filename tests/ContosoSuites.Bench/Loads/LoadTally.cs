using System.Diagnostics;

namespace ContosoSuites.Bench.Loads;

/// <summary>Puts the rounds of one kind of call together. The times between the rounds do not count.</summary>
internal sealed class LoadTally
{
    private readonly List<double> _latencies = [];
    private readonly List<double> _roundP50s = [];
    private double _seconds;
    private TimeSpan _processorTime;
    private long _allocated;

    /// <summary>Runs a round, which returns the milliseconds that each of its calls took.</summary>
    public async Task AddAsync(Func<Task<IEnumerable<double>>> round)
    {
        (TimeSpan processorTime, long allocated, long start) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        List<double> latencies = [.. await round()];
        _seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        _processorTime += Environment.CpuUsage.TotalTime - processorTime;
        _allocated += GC.GetTotalAllocatedBytes() - allocated;
        _latencies.AddRange(latencies);
        _roundP50s.Add(Percentiles.Of(latencies, 0.50));
    }

    /// <summary>What all rounds come to.</summary>
    public Load Total(int concurrency)
    {
        _latencies.Sort();
        return new Load(
            concurrency,
            _latencies.Count / _seconds,
            Percentiles.OfSorted(_latencies, 0.50),
            Percentiles.OfSorted(_latencies, 0.99),
            _roundP50s,
            new CallCost(_processorTime.TotalMicroseconds / _latencies.Count, _allocated / 1e3 / _latencies.Count));
    }
}
