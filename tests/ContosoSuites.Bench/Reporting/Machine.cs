using System.Diagnostics;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace ContosoSuites.Bench.Reporting;

/// <summary>What the figures were measured on, and how busy it was with other things.</summary>
/// <param name="Date">When the run began.</param>
/// <param name="Cores">Processors that the run may use.</param>
/// <param name="Processor">Their name; empty where it can not be told.</param>
/// <param name="MemoryGiB">Memory that the run may use.</param>
/// <param name="OperatingSystem">Its name and version.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="LoadAtStart">The load averages of 1, 5 and 15 minutes when the run began; empty where there are none.</param>
/// <param name="LoadAtEnd">The same when it ended: they hold the run itself.</param>
/// <param name="Seconds">How long the run took.</param>
internal sealed record Machine(
    DateTimeOffset Date,
    int Cores,
    string Processor,
    double MemoryGiB,
    string OperatingSystem,
    string Runtime,
    string LoadAtStart,
    string LoadAtEnd,
    double Seconds)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The machine as a run begins.</summary>
    public static Machine AtStart() => new(
        DateTimeOffset.UtcNow,
        Environment.ProcessorCount,
        NameOfProcessor(),
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024), 1),
        $"{RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription,
        Load(),
        "",
        0);

    /// <summary>The same with what is known at the end of the run.</summary>
    public Machine AtEnd() => this with { LoadAtEnd = Load(), Seconds = Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds) };

    /// <summary>All of it in words.</summary>
    public override string ToString() => Invariant(
        $"Measured {Date:yyyy-MM-dd HH:mm} UTC in {Seconds:0} s: {Cores} cores ({Processor}), {MemoryGiB:0.0} GiB, {OperatingSystem}, {Runtime}; load average {LoadAtStart} at the start, {LoadAtEnd} at the end.");

    private static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "";

    private static string NameOfProcessor()
    {
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
