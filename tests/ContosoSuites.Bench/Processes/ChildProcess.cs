using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ContosoSuites.Bench.Processes;

/// <summary>A program that runs as long as the benchmark wants it to. What it prints is kept for when it fails.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _output;

    private ChildProcess(Process process, string output)
    {
        _process = process;
        _output = output;
    }

    /// <exception cref="PeerMissingException">There is no such program.</exception>
    public static ChildProcess Start(string outputFile, string program, IEnumerable<string> arguments)
    {
        // A shell's exec is how a program writes to a file without anybody who reads and writes in between.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", outputFile, program, .. arguments]);
        start.Environment["NODE_ENV"] = "production";
        try
        {
            return new ChildProcess(Process.Start(start)!, outputFile);
        }
        catch (Win32Exception exception)
        {
            throw new PeerMissingException("there is no sh", exception);
        }
    }

    /// <summary>Starts a server, and waits until it listens on <paramref name="port"/>.</summary>
    /// <exception cref="PeerMissingException">There is no such program, it ends, or it takes too long.</exception>
    public static async Task<ChildProcess> StartServerAsync(int port, string outputFile, string program, params string[] arguments)
    {
        ChildProcess process = Start(outputFile, program, arguments);
        try
        {
            await process.ListensAsync(port);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that was free a moment ago, for programs that can not choose one and tell.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Waits until it has printed a whole line; that line.</summary>
    /// <exception cref="PeerMissingException">It ends before.</exception>
    public async Task<string> FirstLineAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (IsRunning && await timer.WaitForNextTickAsync())
        {
            string printed = File.Exists(_output) ? await File.ReadAllTextAsync(_output) : "";
            if (printed.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end)
            {
                return printed[..end];
            }
        }

        throw new PeerMissingException(await LastLineAsync() ?? "it does not start");
    }

    /// <summary>The last line that it has printed.</summary>
    public async Task<string?> LastLineAsync() =>
        File.Exists(_output) ? (await File.ReadAllLinesAsync(_output)).LastOrDefault(line => line.Length > 0) : null;

    /// <summary>The memory that it has now, in bytes.</summary>
    public long Memory() => Refreshed().WorkingSet64;

    /// <summary>The processes that it has started and that run; Linux tells which these are.</summary>
    public IReadOnlyList<Process> Children() =>
    [
        .. Directory.EnumerateFiles($"/proc/{_process.Id}/task", "children", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .SelectMany(file => File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture))),
    ];

    /// <summary>The most memory that it has had so far, in bytes.</summary>
    public long PeakMemory() => Refreshed().PeakWorkingSet64;

    /// <summary>Waits until it ends.</summary>
    public Task EndAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The whole tree: nginx has workers.
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ListensAsync(int port)
    {
        long start = Stopwatch.GetTimestamp();
        while (IsRunning && Stopwatch.GetElapsedTime(start) < StartTimeout)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new PeerMissingException(await LastLineAsync() ?? "it does not start");
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }
}
