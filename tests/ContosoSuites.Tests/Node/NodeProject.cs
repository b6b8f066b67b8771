using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Node;

/// <summary>
/// Runs the scripts of this folder with Node, against clients from npm that nobody here wrote. The folder is copied beside
/// the test assembly, and the packages are installed there once, so the source tree stays as it is.
/// </summary>
internal static class NodeProject
{
    private const string Needed = "Node 20 or later with npm";
    private const string InstalledMark = "node_modules/.installed";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Node");
    private static readonly SemaphoreSlim Installing = new(1, 1);

    // What npm says when the registry can not be reached; any other failure is a failure of the test.
    private static readonly string[] Unreachable = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH"];

    /// <summary>Runs a script and reads the JSON it prints. Skips the test, with the reason, where Node or npm is missing.</summary>
    public static async Task<JsonElement> RunAsync(string script, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        await InstallAsync(cancellationToken);
        ToolResult result = await ExecuteAsync("node", [script], environment, cancellationToken);
        Assert.True(result.ExitCode == 0, $"{script} ended with {result.ExitCode}: {result.Error}");
        return JsonElement.Parse(result.Output);
    }

    /// <summary>
    /// Starts a script that goes on until its input ends, and reads the line of JSON that it prints first. Skips the test, with
    /// the reason, where Node or npm is missing.
    /// </summary>
    public static async Task<(Process Process, JsonElement Started)> StartAsync(string script, CancellationToken cancellationToken)
    {
        await InstallAsync(cancellationToken);
        Process process = Tool.Start(
            new ProcessStartInfo("node", [script]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
            Needed);
        process.BeginErrorReadLine();
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        Assert.True(line is not null, $"{script} ended at once.");
        return (process, JsonElement.Parse(line));
    }

    /// <summary>The variables that tell a script which endpoint to talk to.</summary>
    public static Dictionary<string, string> Environment(Uri endpoint, string apiKey) => new()
    {
        ["ENDPOINT"] = endpoint.ToString(),
        ["API_KEY"] = apiKey,
        ["CHAT_DEPLOYMENT"] = "gpt-5.4-mini",
        ["EMBEDDING_DEPLOYMENT"] = "text-embedding-3-small",
    };

    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        await Installing.WaitAsync(cancellationToken);
        try
        {
            string mark = Path.Combine(Folder, InstalledMark);
            string wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"), cancellationToken);
            if (File.Exists(mark) && await File.ReadAllTextAsync(mark, cancellationToken) == wanted)
            {
                return;
            }

            ToolResult result = await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund"], new Dictionary<string, string>(), cancellationToken);
            Assert.SkipWhen(
                result.ExitCode != 0 && Unreachable.Any(sign => result.Error.Contains(sign, StringComparison.Ordinal)),
                "The npm registry can not be reached, so the client to test with can not be installed.");
            Assert.True(result.ExitCode == 0, $"npm ci ended with {result.ExitCode}: {result.Error}");
            await File.WriteAllTextAsync(mark, wanted, cancellationToken);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static Task<ToolResult> ExecuteAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        Tool.RunAsync(program, arguments, Folder, environment, Needed, cancellationToken);
}
