namespace ContosoSuites.Local.Host.Functions;

/// <summary>A compiled function with a timer trigger.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Schedule">The schedule as written in the attribute.</param>
/// <param name="UseMonitor">Whether a missed occurrence is made up for and the function is told of its last and next run.</param>
/// <param name="RunOnStartup">Whether it also runs when the host starts.</param>
/// <param name="Invoke">Calls the function; the result is null.</param>
internal sealed record TimerFunction(string Name, string Schedule, bool UseMonitor, bool RunOnStartup, FunctionInvoker<TimerInvocation> Invoke);
