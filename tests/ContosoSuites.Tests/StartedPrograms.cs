using System.Runtime.CompilerServices;

namespace ContosoSuites.Tests;

/// <summary>What every program is given that a test starts: workers, parts of the local system, the SDK and the Bicep compiler.</summary>
internal static class StartedPrograms
{
    /// <summary>As this process has it in its project: most of their code runs once, and to learn of it is half the time of a start.</summary>
    [ModuleInitializer]
    internal static void LearnNothing() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
