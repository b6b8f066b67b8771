using System.Diagnostics;

namespace ContosoSuites.Bench;

/// <summary>Puts the rounds of one kind of call together. The times between the rounds do not count.</summary>
internal sealed class LoadTally
{
    private readonly List<double> _latencies = [];
    private double _seconds;

    /// <summary>Runs a round, which returns the milliseconds that each of its calls took.</summary>
    public async Task AddAsync(Func<Task<IEnumerable<double>>> round)
    {
        long start = Stopwatch.GetTimestamp();
        IEnumerable<double> latencies = await round();
        _seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        _latencies.AddRange(latencies);
    }

    /// <summary>What all rounds come to.</summary>
    public Load Total(int concurrency)
    {
        _latencies.Sort();
        return new Load(concurrency, _latencies.Count / _seconds, Percentile(0.50), Percentile(0.99));
    }

    private double Percentile(double fraction) =>
        _latencies.Count == 0 ? double.NaN : _latencies[Math.Min(_latencies.Count - 1, (int)(_latencies.Count * fraction))];
}
