namespace ContosoSuites.Bench.Loads;

/// <summary>Requests per second and latency of one kind of call at one concurrency.</summary>
/// <param name="Concurrency">Callers that each have one request under way at all times.</param>
/// <param name="PerSecond">Completed calls per second.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P99">99th percentile of latency in milliseconds.</param>
/// <param name="RoundP50s">The median latency of each round.</param>
internal sealed record Load(int Concurrency, double PerSecond, double P50, double P99, IReadOnlyList<double> RoundP50s)
{
    /// <summary>
    /// How many milliseconds more this takes than <paramref name="other"/> that it took turns with: the median of the differences
    /// between neighbouring rounds. What slows the machine down for a while is in both of them.
    /// </summary>
    public double P50Above(Load other) => Percentiles.Of([.. RoundP50s.Zip(other.RoundP50s, (mine, others) => mine - others)], 0.5);

    public override string ToString() => FormattableString.Invariant($"{PerSecond:0}/s, p50 {P50:0.000} ms, p99 {P99:0.000} ms");
}
