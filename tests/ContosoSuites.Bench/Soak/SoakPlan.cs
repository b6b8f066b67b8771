namespace ContosoSuites.Bench.Soak;

/// <summary>How a system is kept under load.</summary>
/// <param name="Duration">How long.</param>
/// <param name="PerSecond">How many calls begin in a second.</param>
/// <param name="FaultEvery">How often an instance fails; longer than <paramref name="FaultFor"/> and the time for which a breaker then stays open.</param>
/// <param name="FaultFor">How long it fails.</param>
/// <param name="SampleEvery">How often memory and handles are looked at.</param>
internal sealed record SoakPlan(TimeSpan Duration, double PerSecond, TimeSpan FaultEvery, TimeSpan FaultFor, TimeSpan SampleEvery);
