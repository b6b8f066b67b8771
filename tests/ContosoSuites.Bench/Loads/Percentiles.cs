namespace ContosoSuites.Bench.Loads;

/// <summary>Percentiles by rank, of values in any order.</summary>
internal static class Percentiles
{
    /// <summary>The value that this fraction of them does not exceed.</summary>
    public static double Of(IEnumerable<double> values, double fraction) => OfSorted([.. values.Order()], fraction);

    /// <summary>The same of values that are in order.</summary>
    public static double OfSorted(IReadOnlyList<double> values, double fraction) =>
        values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(values.Count * fraction))];

    /// <summary>Median and 99th percentile.</summary>
    public static (double P50, double P99) P50AndP99(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (OfSorted(sorted, 0.50), OfSorted(sorted, 0.99));
    }
}
