namespace ContosoSuites.Local.Models.Faults;

/// <summary>Stops listening: connections are refused until the instance is healed.</summary>
public sealed record RefuseFault : UnreachableFault;
