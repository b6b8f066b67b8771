using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Workers;
using ContosoSuites.Local.Logs;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary>
/// The commands that start one part alone: <c>models</c>, <c>gateway</c>, <c>logs</c> and <c>host</c>. Each prints where it is as one
/// line of JSON, for whoever started it, and runs until it is told to stop.
/// </summary>
internal static class PartCommands
{
    /// <summary>The simulated instances. What it prints as backends can be the gateway's backends file.</summary>
    public static Command Models() => Create(
        "models", "Start the simulated instances alone; print where they are as JSON.", [PartOptions.ModelsPort, PartOptions.AdminPort], async (arguments, cancellationToken) =>
        {
            await using LocalModels instances = await LocalModels.StartAsync(PartOptions.Read(arguments), cancellationToken);
            var backends = instances.Addresses.ToDictionary(
                backend => backend.Key, backend => new { backend.Value.Url, ApiKey = ModelCredentials.DefaultApiKey });
            await WaitAsync(new { Admin = instances.Admin.Endpoint.AbsoluteUri, Backends = backends }, cancellationToken);
        });

    /// <summary>The gateway, over instances that run elsewhere.</summary>
    public static Command Gateway()
    {
        var files = new Option<string?>("--files")
        {
            Description = "The folder with policy.xml, its fragments, backends.json, api.json and diagnostics.json; those that are deployed by default.",
        };
        Option[] all =
            [PartOptions.GatewayPort, PartOptions.ModelsPort, PartOptions.Backends, PartOptions.TokensPerMinute, files, PartOptions.LogFile, PartOptions.LogDelay];
        return Create("gateway", "Start the gateway alone; print where it is as JSON.", all, async (arguments, cancellationToken) =>
        {
            LocalSystemOptions options = PartOptions.Read(arguments);
            options = arguments.GetValue(files) is { } folder ? options with { GatewayDirectory = folder } : options;
            Dictionary<string, BackendAddress> simulated = LocalModels.Simulated(options).ToDictionary(
                backend => backend.Backend.Name,
                backend => new BackendAddress(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{backend.Port}/openai"))));
            await using SqliteRequestLog? log = LocalLogs.Open(options);
            await using GatewayServer gateway = await LocalGateway.StartAsync(options, simulated, cancellationToken, log);
            await WaitAsync(new { Endpoint = gateway.Endpoint.AbsoluteUri }, cancellationToken);
        });
    }

    /// <summary>The query API, over the file that a gateway writes.</summary>
    public static Command Logs() => Create(
        "logs", "Start the query API on the logs alone; print where it is as JSON.", [PartOptions.LogsPort, PartOptions.LogFile], async (arguments, cancellationToken) =>
        {
            LocalSystemOptions options = PartOptions.Read(arguments);
            await using LogQueryServer logs = await LocalLogs.StartQueriesAsync(options.LogFile!, options.LogsPort, time: null, cancellationToken);
            await WaitAsync(new { Endpoint = logs.Endpoint.AbsoluteUri }, cancellationToken);
        });

    /// <summary>The Function App, over a gateway that runs elsewhere.</summary>
    public static Command Host()
    {
        var gateway = new Option<Uri?>("--gateway") { Description = "Where the gateway is; by default as in ApiManagement:Endpoint.", CustomParser = PartOptions.ReadAddress };
        var logs = new Option<Uri?>("--logs") { Description = "Where the query API on the logs is; without it the app does not collect who served what.", CustomParser = PartOptions.ReadAddress };
        var settings = new Option<string[]>("--setting") { Description = "A setting as NAME=VALUE, over local.settings.json. Can be given several times." };
        var app = new Option<string?>("--app") { Description = "The app's dll, with its host.json beside it; the one that was built here by default." };
        Option[] all = [PartOptions.AppPort, gateway, logs, settings, app, PartOptions.EnableAuth];
        return Create("host", "Start the Function App alone; print where it is as JSON.", all, async (arguments, cancellationToken) =>
        {
            LocalSystemOptions options = PartOptions.Read(arguments) with
            {
                AppSettings = Merge(LocalSettingsFile.Read(Directory.GetCurrentDirectory()), arguments.GetValue(settings) ?? []),
                Worker = arguments.GetValue(app) is { } file ? new ProcessWorkerHome(file) : null,
            };

            // First, so that it is there until all else has ended.
            Func<int?> worker = () => null;
            using var impatience = new SecondInterrupt(() => worker());
            var connections = new AppConnections(arguments.GetValue(gateway), arguments.GetValue(logs));
            await using FunctionsHost host = await LocalApp.StartAsync(options, connections, cancellationToken);
            worker = () => host.Worker.ProcessId;
            await WaitAsync(new { Endpoint = host.Endpoint.AbsoluteUri, options.FunctionKey }, cancellationToken);
        });
    }

    private static Command Create(string name, string description, Option[] options, Func<ParseResult, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        Array.ForEach(options, command.Options.Add);
        command.SetAction(run);
        return command;
    }

    private static async Task WaitAsync(object addresses, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(addresses, JsonSerializerOptions.Web));

        // Ctrl-C is how it is meant to end.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Dictionary<string, string?> Merge(IReadOnlyDictionary<string, string?> file, string[] given)
    {
        var all = new Dictionary<string, string?>(file);
        foreach (string setting in given)
        {
            all[setting.Split('=')[0]] = setting.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                ? setting[(equals + 1)..]
                : throw new LocalStartException($"--setting {setting} can not be used: write it as NAME=VALUE.");
        }

        return all;
    }
}
