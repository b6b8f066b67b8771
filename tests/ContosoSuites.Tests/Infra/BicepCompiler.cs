using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ContosoSuites.Tests.Infra;

/// <summary>
/// The Bicep compiler: the one that the build has downloaded, else the one on the PATH or of <c>az bicep</c>. It takes seconds to start
/// and to warm up, so one process answers all questions, as it does for an editor: JSON-RPC over its standard streams.
/// </summary>
internal sealed class BicepCompiler : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _calls;

    private BicepCompiler(Process process) => _process = process;

    /// <summary>Starts it. Skips the test, with the reason, where there is none.</summary>
    public static BicepCompiler Start()
    {
        Process process = Tool.Start(
            new ProcessStartInfo(Find(), ["jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
            "the Bicep compiler ('az bicep install')");
        process.BeginErrorReadLine();
        return new BicepCompiler(process);
    }

    /// <summary>Compiles a file.</summary>
    public async Task<Compilation> CompileAsync(string file, CancellationToken cancellationToken)
    {
        JsonElement answer = (await CallAsync("bicep/compile", new { path = file }, cancellationToken)).GetProperty("result");
        return new Compilation(
            [
                .. answer.GetProperty("diagnostics").EnumerateArray().Select(diagnostic => new Diagnostic(
                    diagnostic.Text("source"), diagnostic.Get("range", "start", "line").GetInt32() + 1, diagnostic.Text("level"), diagnostic.Text("code"), diagnostic.Text("message"))),
            ],
            answer.TryGetProperty("contents", out JsonElement contents) ? JsonElement.Parse(contents.GetString()!) : default);
    }

    /// <summary>Evaluates what the deployment of a file of parameters would deploy, as far as that is known beforehand.</summary>
    /// <param name="parametersFile">The file.</param>
    /// <param name="resourceGroup">The resource group; null for a deployment to a subscription.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BicepException">It can not be compiled or evaluated.</exception>
    public async Task<Snapshot> EvaluateAsync(string parametersFile, string? resourceGroup, CancellationToken cancellationToken)
    {
        JsonElement answer = await CallAsync(
            "bicep/getSnapshot",
            new
            {
                path = parametersFile,
                metadata = new { subscriptionId = Guid.Empty, tenantId = Guid.Empty, resourceGroup, location = "swedencentral", deploymentName = "test" },
                externalInputs = Array.Empty<object>(),
            },
            cancellationToken);
        return answer.TryGetProperty("error", out JsonElement error)
            ? throw new BicepException(error.TryGetProperty("data", out JsonElement data) ? data.Text("message") : error.Text("message"))
            : new Snapshot(JsonElement.Parse(answer.GetProperty("result").Text("snapshot")));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _turn.Dispose();
    }

    private static string Find()
    {
        string? downloaded = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "BicepCompiler")?.Value;
        string ofAz = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".azure", "bin", OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
        return downloaded ?? (File.Exists(ofAz) ? ofAz : "bicep");
    }

    private async Task<JsonElement> CallAsync(string method, object parameters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = ++_calls, method, @params = parameters }, Json);
            Stream input = _process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), cancellationToken);
            await input.WriteAsync(body, cancellationToken);
            await input.FlushAsync(cancellationToken);
            return JsonElement.Parse(await ReadAsync(_process.StandardOutput.BaseStream, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<byte[]> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        const string Length = "Content-Length: ";
        byte[] body = [];
        for (string line = await ReadLineAsync(output, cancellationToken); line.Length > 0; line = await ReadLineAsync(output, cancellationToken))
        {
            if (line.StartsWith(Length, StringComparison.OrdinalIgnoreCase))
            {
                body = new byte[int.Parse(line.AsSpan(Length.Length), CultureInfo.InvariantCulture)];
            }
        }

        await output.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    // Byte by byte, since what follows the head is not text to be read ahead; a head is 60 bytes.
    private static async Task<string> ReadLineAsync(Stream output, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        byte[] next = new byte[1];
        while (true)
        {
            await output.ReadExactlyAsync(next, cancellationToken);
            if (next[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)next[0]);
        }
    }
}

/// <summary>What became of a file.</summary>
/// <param name="Diagnostics">What the compiler and its linter said.</param>
/// <param name="Template">The template; undefined when there is none.</param>
internal sealed record Compilation(IReadOnlyList<Diagnostic> Diagnostics, JsonElement Template)
{
    /// <summary>The resources of a template, modules among them: by name where a file has types of its own, else as a list. Those that merely exist are left out.</summary>
    public static IEnumerable<JsonElement> ResourcesOf(JsonElement template)
    {
        JsonElement resources = template.GetProperty("resources");
        return resources.ValueKind is JsonValueKind.Array
            ? resources.EnumerateArray()
            : resources.EnumerateObject().Select(resource => resource.Value).Where(resource => !resource.TryGetProperty("existing", out JsonElement existing) || !existing.GetBoolean());
    }
}

/// <summary>Something that the compiler or its linter said.</summary>
internal sealed record Diagnostic(string File, int Line, string Level, string Code, string Message);

/// <summary>The compiler could not do it.</summary>
internal sealed class BicepException(string message) : Exception(message)
{
    /// <summary>What it says of a file with errors, which <see cref="BicepCompiler.CompileAsync"/> lists.</summary>
    public const string NotCompiled = "Compilation failed";
}
