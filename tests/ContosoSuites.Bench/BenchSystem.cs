using ContosoSuites.Local;
using ContosoSuites.Local.Cli;

namespace ContosoSuites.Bench;

/// <summary>The local system as the benchmarks start it: free ports, the sample's settings, tokens without end.</summary>
internal static class BenchSystem
{
    public static LocalSystemOptions Options() => new() { AppSettings = LocalSettingsFile.ReadSample(), TokensPerMinute = int.MaxValue };
}
