namespace ContosoSuites.Bench.Loads;

/// <summary>A kind of call that is compared with others.</summary>
/// <param name="Name">What the result calls it.</param>
/// <param name="RunAsync">Runs so many callers for so long; the milliseconds that each call took.</param>
internal sealed record CallKind(string Name, Func<int, TimeSpan, Task<IEnumerable<double>>> RunAsync);
