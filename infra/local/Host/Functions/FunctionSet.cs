namespace ContosoSuites.Local.Host.Functions;

/// <summary>An app's functions.</summary>
/// <param name="Http">Those with a route.</param>
/// <param name="Timers">Those with a schedule.</param>
internal sealed record FunctionSet(IReadOnlyList<HttpFunction> Http, IReadOnlyList<TimerFunction> Timers);
