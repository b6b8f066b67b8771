using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>A part of the local system in a process of its own, started as ./dev does it.</summary>
internal sealed class PartProcess : IDisposable
{
    private readonly Process _process;

    private PartProcess(Process process, JsonElement addresses)
    {
        _process = process;
        Addresses = addresses;
    }

    /// <summary>What it printed.</summary>
    public JsonElement Addresses { get; }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint => new(Addresses.GetProperty("endpoint").GetString()!);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="folder">Where it runs: without a local.settings.json the sample's settings count.</param>
    /// <param name="arguments">The command and its options.</param>
    public static Task<PartProcess> StartAsync(string folder, params string[] arguments) => StartAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with variables in its environment.</summary>
    public static async Task<PartProcess> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Fail($"{string.Join(' ', arguments)} ended with {process.ExitCode}; what it said is in the test run's error output.");
        }

        return new PartProcess(process, JsonElement.Parse(line));
    }

    /// <summary>Completes when it has ended.</summary>
    public async Task<int> EndAsync()
    {
        await Wait.For(_process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal as a terminal or a service manager does, INT or TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Ends it as a power cut would, its worker with it: neither gets a chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
