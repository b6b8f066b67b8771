using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using ContosoSuites.Local.Host.Workers;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>What is deployed: published as azd does it, beside the build's own folders.</summary>
public sealed class PublishTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    [Fact]
    public void It_carries_what_the_host_reads_and_nobodys_own_settings()
    {
        Assert.All(
            ["host.json", "worker.config.json", "functions.metadata", "data", ".azurefunctions"],
            name => Assert.True(Path.Exists(Path.Combine(app.Folder, name)), name));
        Assert.False(File.Exists(Path.Combine(app.Folder, "local.settings.json")));
    }

    [Fact]
    public void It_is_compiled_ahead()
    {
        using var assembly = new PEReader(File.OpenRead(Path.Combine(app.Folder, "ContosoSuites.Functions.dll")));

        Assert.True(assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, "ContosoSuites.Functions.dll holds no native code.");
    }

    [Fact]
    public void It_carries_nothing_for_another_platform_and_nothing_that_is_not_run()
    {
        string[] files = [.. Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app.Folder, file))];

        Assert.Equal(["libQueryPlanInterop.so", "libe_sqlite3.so"], files.Where(file => file.EndsWith(".so", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(files.Where(file => Path.GetExtension(file) is ".dylib" or ".exe" or ".a" or ".xml" || file.StartsWith("runtimes", StringComparison.Ordinal)));
        Assert.Empty(files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal) && !IsManaged(Path.Combine(app.Folder, file))));
        Assert.DoesNotContain("System.Drawing.Common.dll", files);
    }

    [Fact]
    public async Task It_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The app is published for Linux.");
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with { Worker = new ProcessWorkerHome(Path.Combine(app.Folder, "ContosoSuites.Functions.dll")) });

        using HttpResponseMessage response = await system.App.GetAsync(new Uri("Hotels", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
    }

    private static bool IsManaged(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }
}

/// <summary>The app as it is published.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("contoso-publish-").FullName;

    /// <summary>Where it is.</summary>
    public string Folder => Path.Combine(_root, "app");

    public async ValueTask InitializeAsync()
    {
        ToolResult publish = await PublishAsync();
        Assert.True(publish.ExitCode == 0, publish.Output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    // The analyzers have looked at the code when it was built. A build server that stays would keep the output open, and with it the test.
    private Task<ToolResult> PublishAsync([CallerFilePath] string here = "") => Tool.RunAsync(
        "dotnet",
        ["publish", "--configuration", "Release", "--output", Folder, "--artifacts-path", Path.Combine(_root, "artifacts"), "-p:RunAnalyzers=false", "--disable-build-servers", "-tl:off"],
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "functions"),
        new Dictionary<string, string>(),
        "the .NET SDK",
        TestContext.Current.CancellationToken);
}
