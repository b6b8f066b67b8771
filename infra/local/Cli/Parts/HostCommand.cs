using System.CommandLine;
using ContosoSuites.Local.Host;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary><c>host</c>: the Function App alone, over a gateway that runs elsewhere.</summary>
internal static class HostCommand
{
    public static Command Create()
    {
        Option<int> port = PartOptions.Port("--app-port", "The Function App's port.", 7071);
        var gateway = new Option<Uri?>("--gateway")
        {
            Description = "Where the gateway is; by default as in ApiManagement:Endpoint.",
            CustomParser = HttpAddress.Parse,
        };
        var logs = new Option<Uri?>("--logs")
        {
            Description = "Where the query API on the gateway's logs is; without it the app does not collect who served what.",
            CustomParser = HttpAddress.Parse,
        };
        var settings = new Option<string[]>("--setting") { Description = "A setting as NAME=VALUE, over local.settings.json. Can be given several times." };
        Option<bool> enableAuth = PartOptions.EnableAuth();
        var command = new Command("host", "Start the Function App alone; print where it is as JSON.") { port, gateway, logs, settings, enableAuth };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new LocalSystemOptions
            {
                AppSettings = Merge(LocalSettingsFile.Read(Directory.GetCurrentDirectory()), arguments.GetValue(settings) ?? []),
                AppPort = arguments.GetValue(port),
                FunctionKey = arguments.GetValue(enableAuth) ? LocalApp.CreateKey() : null,
                AppShutdownTimeout = LocalApp.LongestStop,
            },
            arguments.GetValue(gateway),
            arguments.GetValue(logs),
            Console.Out,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LocalSystemOptions options, Uri? gateway, Uri? logs, TextWriter output, CancellationToken cancellationToken)
    {
        // First, so that it is there until all else has ended.
        Func<int?> worker = () => null;
        using var impatience = new SecondInterrupt(() => worker());
        await using FunctionsHost host = await LocalApp.StartAsync(options, new AppConnections(gateway, logs), cancellationToken);
        worker = () => host.Worker.ProcessId;
        return await RunningPart.WaitAsync(new { Endpoint = host.Endpoint.AbsoluteUri, options.FunctionKey }, output, cancellationToken);
    }

    private static Dictionary<string, string?> Merge(IReadOnlyDictionary<string, string?> file, string[] given)
    {
        var all = new Dictionary<string, string?>(file);
        foreach (string setting in given)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new LocalStartException($"--setting {setting} can not be used: write it as NAME=VALUE.");
            }

            all[setting[..equals]] = setting[(equals + 1)..];
        }

        return all;
    }
}
