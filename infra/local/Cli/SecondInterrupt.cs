using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ContosoSuites.Local.Cli;

/// <summary>The first Ctrl-C lets what runs end; the second ends this process at once, and the one that it started to run the app.</summary>
internal sealed class SecondInterrupt : IDisposable
{
    private const int ExitCode = 130;

    private readonly PosixSignalRegistration _registration;
    private int _interrupts;

    /// <summary>Counts from now on.</summary>
    /// <param name="processId">The other process; null while there is none.</param>
    public SecondInterrupt(Func<int?> processId) => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
    {
        if (Interlocked.Increment(ref _interrupts) == 2)
        {
            Kill(processId());
            Environment.Exit(ExitCode);
        }
    });

    public void Dispose() => _registration.Dispose();

    private static void Kill(int? processId)
    {
        try
        {
            using var process = processId is { } id ? Process.GetProcessById(id) : null;
            process?.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
