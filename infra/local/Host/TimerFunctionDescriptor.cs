namespace ContosoSuites.Local.Host;

/// <summary>A function that runs on a schedule.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Schedule">The schedule, settings resolved: an NCRONTAB expression or a TimeSpan.</param>
public sealed record TimerFunctionDescriptor(string Name, string Schedule) : FunctionDescriptor(Name);
