using System.Diagnostics;
using System.Globalization;

namespace ContosoSuites.Local.Host.Workers;

/// <summary>Runs the worker as Core Tools and Azure do: as a process of its own, from the app's build output.</summary>
/// <param name="assemblyFile">The app's dll.</param>
internal sealed class ProcessWorkerHome(string assemblyFile) : IWorkerHome
{
    private const string LongestMessage = "2147483647";

    /// <inheritdoc/>
    public string AppDirectory { get; } = Path.GetDirectoryName(Path.GetFullPath(assemblyFile))!;

    /// <inheritdoc/>
    public IWorker Start(Uri host, string workerId, IReadOnlyDictionary<string, string?> settings)
    {
        string port = host.Port.ToString(CultureInfo.InvariantCulture);
        string requestId = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo("dotnet",
        [
            assemblyFile,
            "--host", host.Host, "--port", port, "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", LongestMessage,
            "--functions-uri", host.AbsoluteUri, "--functions-worker-id", workerId, "--functions-request-id", requestId,
            "--functions-grpc-max-message-length", LongestMessage,
        ])
        {
            WorkingDirectory = AppDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = AppDirectory;
        start.Environment["AZURE_FUNCTIONS_ENVIRONMENT"] = Environments.Development;
        foreach ((string name, string? value) in settings)
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        return new Worker(Process.Start(start)!);
    }

    private sealed class Worker : IWorker
    {
        private readonly Process _process;

        public Worker(Process process)
        {
            _process = process;
            Ended = WatchAsync();
        }

        public Task Ended { get; }

        public IServiceProvider? Services => null;

        public int? ProcessId => _process.Id;

        public async ValueTask DisposeAsync()
        {
            _process.Kill(entireProcessTree: true);
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
                throw new FunctionsHostException(ReasonIn(await errors) is { Length: > 0 } reason
                    ? reason
                    : string.Create(CultureInfo.InvariantCulture, $"The app's worker process ended with exit code {_process.ExitCode}."));
            }
        }

        /// <summary>The message of the exception that ended a process, without its type and stack; or all that it said.</summary>
        private static string ReasonIn(string errors)
        {
            const string Unhandled = "Unhandled exception. ";
            int start = errors.IndexOf(Unhandled, StringComparison.Ordinal);
            if (start < 0)
            {
                return errors.Trim();
            }

            string exception = errors[(start + Unhandled.Length)..];
            int stack = exception.IndexOf("\n   at ", StringComparison.Ordinal);
            string typeAndMessage = stack < 0 ? exception : exception[..stack];
            int message = typeAndMessage.IndexOf(": ", StringComparison.Ordinal);
            return typeAndMessage[(message < 0 ? 0 : message + 2)..].Trim();
        }
    }
}
