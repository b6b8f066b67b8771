using System.Diagnostics;

namespace ContosoSuites.Bench.Soak;

/// <summary>What a process holds at a moment.</summary>
/// <param name="ResidentBytes">Its memory as the operating system counts it, before the collection.</param>
/// <param name="HeapBytes">What is left on the heap after a full collection; 0 where that is another process's.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record SoakSample(long ResidentBytes, long HeapBytes, int Handles)
{
    /// <summary>Looks at this process.</summary>
    public static SoakSample OfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return Of(process) with { HeapBytes = GC.GetTotalMemory(forceFullCollection: true) };
    }

    /// <summary>Looks at a process.</summary>
    public static SoakSample Of(Process process)
    {
        process.Refresh();
        return new SoakSample(process.WorkingSet64, 0, process.HandleCount);
    }
}
