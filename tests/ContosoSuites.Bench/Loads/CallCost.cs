namespace ContosoSuites.Bench.Loads;

/// <summary>What a call takes.</summary>
/// <param name="Microseconds">Of a processor.</param>
/// <param name="Kilobytes">Allocated on the heap.</param>
internal sealed record CallCost(double Microseconds, double Kilobytes)
{
    public override string ToString() => FormattableString.Invariant($"{Microseconds:0.0} us, {Kilobytes:0.0} kB");
}
