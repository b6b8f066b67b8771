namespace ContosoSuites.Bench.Soak;

/// <summary>What came of a soak.</summary>
/// <param name="Calls">The calls that were made.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="FirstFailure">What became of the first of them; null where there is none.</param>
/// <param name="Faults">How often an instance failed meanwhile.</param>
/// <param name="Samples">What the process that was looked at held, in order of time.</param>
internal sealed record SoakResult(int Calls, int Failed, string? FirstFailure, int Faults, IReadOnlyList<SoakSample> Samples)
{
    /// <summary>The averages of a figure in the second and in the last third of the time. The first is the system's to grow in.</summary>
    public (double Second, double Last) Thirds(Func<SoakSample, double> figure)
    {
        int third = Samples.Count / 3;
        return (Samples.Skip(third).Take(third).Average(figure), Samples.Skip(Samples.Count - third).Average(figure));
    }
}
