using System.Globalization;

namespace ContosoSuites.Bench.Processes;

/// <summary>A part of the local system in a process of its own, as <c>./dev</c> starts it.</summary>
internal sealed class LocalPart : IAsyncDisposable
{
    private LocalPart(ChildProcess process, int port)
    {
        Process = process;
        Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    public ChildProcess Process { get; }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="folder">Where what it prints is kept.</param>
    /// <param name="part">The command.</param>
    /// <param name="portOption">The option with its port.</param>
    /// <param name="arguments">The other options.</param>
    public static async Task<LocalPart> StartAsync(BenchFolder folder, string part, string portOption, params string[] arguments)
    {
        int port = ChildProcess.FreePort();
        return new LocalPart(await ChildProcess.StartServerAsync(port, folder.File($"{part}.out"), "dotnet", Arguments(part, portOption, port, arguments)), port);
    }

    /// <summary>Starts it, and does not wait.</summary>
    public static LocalPart Launch(BenchFolder folder, string part, string portOption, params string[] arguments)
    {
        int port = ChildProcess.FreePort();
        return new LocalPart(ChildProcess.Start(folder.File($"{part}.out"), "dotnet", Arguments(part, portOption, port, arguments)), port);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string[] Arguments(string part, string portOption, int port, string[] others) =>
    [
        "exec", Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll"), part, portOption, port.ToString(CultureInfo.InvariantCulture), .. others,
    ];
}
