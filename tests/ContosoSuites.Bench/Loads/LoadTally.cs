using System.Diagnostics;

namespace ContosoSuites.Bench.Loads;

/// <summary>Puts the rounds of one kind of call together. The times between the rounds do not count.</summary>
internal sealed class LoadTally
{
    private readonly List<double> _latencies = [];
    private readonly List<double> _roundP50s = [];
    private double _seconds;

    /// <summary>Runs a round, which returns the milliseconds that each of its calls took.</summary>
    public async Task AddAsync(Func<Task<IEnumerable<double>>> round)
    {
        long start = Stopwatch.GetTimestamp();
        List<double> latencies = [.. await round()];
        _seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
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
            _roundP50s);
    }
}
