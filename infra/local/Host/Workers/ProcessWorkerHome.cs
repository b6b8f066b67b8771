using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Host.Workers;

/// <summary>Runs the worker as Core Tools and Azure do: as a process of its own, from the app's build output.</summary>
internal sealed class ProcessWorkerHome(string assemblyFile) : IWorkerHome
{
    private const string LongestMessage = "2147483647";

    /// <inheritdoc/>
    public string AppDirectory { get; } = Path.GetDirectoryName(Path.GetFullPath(assemblyFile))!;

    /// <inheritdoc/>
    public IWorker Start(Uri host, string workerId, IReadOnlyDictionary<string, string?> settings)
    {
        string requestId = Guid.NewGuid().ToString();
        string[] arguments =
        [
            "--host", host.Host, "--port", host.Port.ToString(CultureInfo.InvariantCulture), "--workerId", workerId, "--requestId", requestId,
            "--grpcMaxMessageLength", LongestMessage, "--functions-uri", host.AbsoluteUri, "--functions-worker-id", workerId,
            "--functions-request-id", requestId, "--functions-grpc-max-message-length", LongestMessage,
        ];
        var start = new ProcessStartInfo("dotnet", [assemblyFile, .. arguments])
        {
            WorkingDirectory = AppDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = AppDirectory;
        start.Environment["AZURE_FUNCTIONS_ENVIRONMENT"] = Environments.Development;
        foreach ((string name, string? value) in settings)
        {
            start.Environment[name] = value;
        }

        return new Worker(Process.Start(start)!);
    }

    private sealed class Worker : IWorker
    {
        private readonly Process _process;

        public Worker(Process process)
        {
            _process = process;
            ProcessId = process.Id;
            Ended = WatchAsync();
        }

        public Task Ended { get; }

        public int? ProcessId { get; }

        public async ValueTask DisposeAsync()
        {
            if (!Ended.IsCompleted)
            {
                _process.Kill(entireProcessTree: true);
            }

            await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _process.Dispose();
        }

        private async Task WatchAsync()
        {
            // What the app logs comes over the event stream. Its console has what .NET itself says, last of all why it died.
            Task<string> errors = _process.StandardError.ReadToEndAsync();
            await Task.WhenAll(_process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), errors, _process.WaitForExitAsync());
            if (_process.ExitCode != 0)
            {
                // Of an unhandled exception .NET writes the type, the message, and the stack.
                string said = await errors;
                Match reason = Regex.Match(said, @"Unhandled exception\. [\w.]+: (?<message>.*?)(\n   at |\n --->|\z)", RegexOptions.Singleline);
                throw new FunctionsHostException(reason.Success
                    ? reason.Groups["message"].Value.Trim()
                    : string.Create(CultureInfo.InvariantCulture, $"The app's worker process ended with exit code {_process.ExitCode}. {said}").Trim());
            }
        }
    }
}
