namespace ContosoSuites.Bench.Soak;

/// <summary>What the process holds at a moment.</summary>
/// <param name="ResidentBytes">Its memory as the operating system counts it, before the collection.</param>
/// <param name="HeapBytes">What is left on the heap after a full collection.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record SoakSample(long ResidentBytes, long HeapBytes, int Handles)
{
    /// <summary>Looks.</summary>
    public static SoakSample Take()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        (long resident, int handles) = (process.WorkingSet64, process.HandleCount);
        return new SoakSample(resident, GC.GetTotalMemory(forceFullCollection: true), handles);
    }
}
