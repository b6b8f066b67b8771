using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ContosoSuites.Functions.Http;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>What would be deployed: host.json with the real packages, and nothing at all with stand-ins.</summary>
public sealed class PublishTests
{
    // What the tests were built as, the app was built as.
    private static readonly string Configuration =
        typeof(PublishTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    [Fact]
    public async Task Publishing_carries_host_json_or_refuses_the_stand_ins()
    {
        string folder = Directory.CreateTempSubdirectory("contoso-publish-").FullName;
        try
        {
            (int exit, string output) = await PublishAsync(folder);

            // The tests have the stand-ins beside them either way, to compare them; what counts is what the app was built with.
            bool standIns = typeof(FunctionProblems).Assembly.GetReferencedAssemblies().Any(reference => reference.Name == "ContosoSuites.StandIns.FunctionsWorker");
            if (standIns)
            {
                Assert.NotEqual(0, exit);
                Assert.Contains("can not be deployed", output, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(exit == 0, output);
                Assert.True(File.Exists(Path.Combine(folder, "host.json")));
                Assert.False(File.Exists(Path.Combine(folder, "local.settings.json")));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Exit, string Output)> PublishAsync(string folder, [CallerFilePath] string here = "")
    {
        string project = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "functions");
        using Process publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "--no-build", "--configuration", Configuration, "--output", folder, "-tl:off"])
        {
            RedirectStandardOutput = true,
        })!;
        string output = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (publish.ExitCode, output);
    }
}
