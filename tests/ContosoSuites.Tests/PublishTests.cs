using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>What would be deployed.</summary>
public sealed class PublishTests
{
    // What the tests were built as, the app was built as.
    private static readonly string Configuration =
        typeof(PublishTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    [Fact]
    public async Task Publishing_carries_what_the_host_reads_and_nobodys_own_settings()
    {
        string folder = Directory.CreateTempSubdirectory("contoso-publish-").FullName;
        try
        {
            ToolResult publish = await PublishAsync(folder);

            Assert.True(publish.ExitCode == 0, publish.Output);
            Assert.All(["host.json", "worker.config.json", "functions.metadata", "data"], name => Assert.True(Path.Exists(Path.Combine(folder, name)), name));
            Assert.False(File.Exists(Path.Combine(folder, "local.settings.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ToolResult> PublishAsync(string folder, [CallerFilePath] string here = "") => Tool.RunAsync(
        "dotnet",
        ["publish", "--no-build", "--configuration", Configuration, "--output", folder, "-tl:off"],
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "functions"),
        new Dictionary<string, string>(),
        "the .NET SDK",
        TestContext.Current.CancellationToken);
}
