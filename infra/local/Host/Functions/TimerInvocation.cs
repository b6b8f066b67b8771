using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>What one run of a timer function is given.</summary>
/// <param name="Info">Told to the function.</param>
/// <param name="Cancellation">Cancelled when the host stops.</param>
internal sealed record TimerInvocation(TimerInfo Info, CancellationToken Cancellation);
