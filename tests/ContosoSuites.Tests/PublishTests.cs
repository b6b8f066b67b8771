using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ContosoSuites.Local.Host.Workers;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>What is deployed: published as azd does it, beside the build's own folders.</summary>
public sealed class PublishTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    [Fact]
    public void It_carries_what_the_host_reads_and_nobodys_own_settings()
    {
        Every.One(
            ["host.json", "worker.config.json", "functions.metadata", "data", ".azurefunctions"],
            name => Assert.True(Path.Exists(Path.Combine(app.Folder, name)), name));
        Assert.False(File.Exists(Path.Combine(app.Folder, "local.settings.json")));
    }

    [Fact]
    public async Task It_is_compiled_ahead_for_where_it_runs()
    {
        // As 'dotnet publish' evaluates the project, without publishing it once more.
        ToolResult evaluation = await PublishedApp.DotnetAsync(
            "msbuild", "-p:_IsPublishing=true", "-getProperty:PublishReadyToRun", "-getProperty:RuntimeIdentifier", "-getProperty:SelfContained");

        JsonElement properties = JsonElement.Parse(evaluation.Output).GetProperty("Properties");
        Assert.Equal(
            ("true", "linux-x64", "false"),
            (properties.GetProperty("PublishReadyToRun").GetString(), properties.GetProperty("RuntimeIdentifier").GetString(), properties.GetProperty("SelfContained").GetString()));
    }

    [Fact]
    public void It_carries_nothing_for_another_platform_and_nothing_that_is_not_run()
    {
        string[] files = [.. Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app.Folder, file))];

        Assert.Equal(["libQueryPlanInterop.so", "libe_sqlite3.so"], files.Where(file => file.EndsWith(".so", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".dylib" or ".exe" or ".a" or ".xml" || file.StartsWith("runtimes", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.EndsWith(".dll", StringComparison.Ordinal) && !IsManaged(Path.Combine(app.Folder, file)));
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

/// <summary>The app as it is published, but for the compilation ahead: it takes a minute and changes no file's name.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("contoso-publish-").FullName;

    /// <summary>Where it is.</summary>
    public string Folder => Path.Combine(_root, "app");

    public async ValueTask InitializeAsync()
    {
        // A build server that stays would keep the output open, and with it the test.
        ToolResult publish = await DotnetAsync(
            "publish", "--configuration", "Release", "--output", Folder, "--artifacts-path", Path.Combine(_root, "artifacts"), "-p:PublishReadyToRun=false", "-p:RunAnalyzers=false", "--disable-build-servers", "-tl:off");
        Assert.True(publish.ExitCode == 0, publish.Output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the SDK in the app's folder.</summary>
    internal static Task<ToolResult> DotnetAsync(params string[] arguments) => Tool.RunAsync(
        "dotnet",
        arguments,
        Path.Combine(Here(), "..", "..", "functions"),
        new Dictionary<string, string>(),
        "the .NET SDK",
        TestContext.Current.CancellationToken);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
