using System.Runtime.CompilerServices;

namespace ContosoSuites.Tests;

/// <summary>What every program is given that a test starts: workers, parts of the local system, the SDK and the Bicep compiler.</summary>
internal static class StartedPrograms
{
    /// <summary>As this process has it in its project: to learn of code that runs a few times is half the time of a start.</summary>
    [ModuleInitializer]
    internal static void LearnLess()
    {
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");

        // 500, in hexadecimal.
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCountThreshold", "1F4");
    }
}
