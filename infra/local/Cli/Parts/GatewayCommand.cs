using System.CommandLine;
using System.Globalization;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Logs;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary><c>gateway</c>: the gateway alone, over instances that run elsewhere.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        Option<int> port = PartOptions.Port("--gateway-port", "The gateway's port.", 7080);
        var models = new Option<int>("--models-port")
        {
            Description = "The port of the first simulated instance that runs on this machine; the others follow.",
            DefaultValueFactory = _ => 7081,
        };
        Option<string?> backends = PartOptions.Backends();
        Option<int?> tokens = PartOptions.TokensPerMinute();
        Option<string> logFile = PartOptions.LogFile();
        Option<double> logDelay = PartOptions.LogDelay();
        var files = new Option<string?>("--files")
        {
            Description = "The folder with policy.xml, its fragments, backends.json, api.json and diagnostics.json; those that are deployed by default.",
        };
        var command = new Command("gateway", "Start the gateway alone; print where it is as JSON.") { port, models, backends, tokens, files, logFile, logDelay };
        command.SetAction((arguments, cancellationToken) =>
        {
            var options = new LocalSystemOptions
            {
                AppSettings = new Dictionary<string, string?>(),
                RealBackends = RealBackendsFile.Read(arguments.GetValue(backends)),
                TokensPerMinute = arguments.GetValue(tokens),
                GatewayPort = arguments.GetValue(port),
                ModelsPort = arguments.GetValue(models),
                LogFile = arguments.GetValue(logFile),
                LogDelay = TimeSpan.FromSeconds(arguments.GetValue(logDelay)),
            };
            return RunAsync(
                arguments.GetValue(files) is { } folder ? options with { GatewayDirectory = folder } : options, Console.Out, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(LocalSystemOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        Dictionary<string, BackendAddress> simulated = LocalBackends.Simulated(options).ToDictionary(
            backend => backend.Backend.Name,
            backend => new BackendAddress(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{backend.Port}/openai"))));
        await using SqliteRequestLog? log = LocalLogs.Open(options);
        await using GatewayServer gateway = await LocalGateway.StartAsync(options, simulated, cancellationToken, log);
        return await RunningPart.WaitAsync(new { Endpoint = gateway.Endpoint.AbsoluteUri }, output, cancellationToken);
    }
}
