using System.Diagnostics;
using ContosoSuites.Local.Host.Workers;

namespace ContosoSuites.Bench.Processes;

/// <summary>The Function App as <c>azd up</c> deploys it: published. That takes a while the first time, and is done once a run.</summary>
internal static class PublishedApp
{
    private static readonly Lazy<Task<string>> Deployed = new(() => PublishAsync("published", readyToRun: true));
    private static readonly Lazy<Task<string>> Plain = new(() => PublishAsync("published-without-ready-to-run", readyToRun: false));

    /// <summary>Its dll.</summary>
    /// <exception cref="InvalidOperationException">It can not be published.</exception>
    public static Task<string> FileAsync() => Deployed.Value;

    /// <summary>The dll of one that is not compiled ahead.</summary>
    /// <exception cref="InvalidOperationException">It can not be published.</exception>
    public static Task<string> FileWithoutReadyToRunAsync() => Plain.Value;

    /// <summary>Its worker, for a host in this process.</summary>
    /// <exception cref="InvalidOperationException">It can not be published.</exception>
    public static async Task<IWorkerHome> WorkerAsync() => new ProcessWorkerHome(await FileAsync());

    private static async Task<string> PublishAsync(string name, bool readyToRun)
    {
        string folder = Path.GetFullPath(Path.Combine("artifacts", name));
        var start = new ProcessStartInfo(
            "dotnet", ["publish", "functions", "-c", "Release", "-nologo", "-v", "quiet", "-tl:off", "-o", folder, $"-p:PublishReadyToRun={readyToRun}"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Path.Combine(folder, "ContosoSuites.Functions.dll")
            : throw new InvalidOperationException($"The app can not be published. {output}");
    }
}
