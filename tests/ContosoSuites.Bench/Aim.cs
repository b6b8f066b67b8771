namespace ContosoSuites.Bench;

/// <summary>One line of a benchmark's result: a figure against its peer or limit.</summary>
/// <param name="Figure">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Peer">What it is held against, with its figure; empty where nothing.</param>
/// <param name="Ratio">The comparison; empty where none.</param>
/// <param name="Target">The aim; empty where none.</param>
/// <param name="Met">Whether it was met; null where there is no aim.</param>
internal sealed record Aim(string Figure, string Value, string Peer = "", string Ratio = "", string Target = "", bool? Met = null);
