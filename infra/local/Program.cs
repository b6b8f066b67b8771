using System.CommandLine;
using System.Text.Json;
using Azure.Identity;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Cli.Parts;
using ContosoSuites.Local.Cli.Verify;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Machine;
using Microsoft.Extensions.Options;
using Spectre.Console;

var appPort = PartOptions.AppPort();
var gatewayPort = PartOptions.GatewayPort();
var modelsPort = PartOptions.ModelsPort();
var adminPort = PartOptions.AdminPort();
var logsPort = PartOptions.LogsPort();
var backends = PartOptions.Backends();
var tokens = PartOptions.TokensPerMinute();
var modelsHttps = new Option<bool>("--models-https") { Description = "Let the simulated instances speak https, which the fault wrongTlsName needs." };
var coreTools = new Option<bool>("--func") { Description = "Run the app with Core Tools instead of the built-in host." };
var logFile = PartOptions.LogFile();
var logDelay = PartOptions.LogDelay();
var enableAuth = PartOptions.EnableAuth();
var start = new Command("start", "Boot everything on fixed ports and run until Ctrl-C.")
{
    appPort, gatewayPort, modelsPort, adminPort, logsPort, backends, tokens, modelsHttps, logFile, logDelay, coreTools, enableAuth,
};
start.SetAction((arguments, cancellationToken) => StartCommand.RunAsync(
    new LocalSystemOptions
    {
        AppSettings = LocalSettingsFile.ReadForStart(Directory.GetCurrentDirectory()),
        RealBackends = RealBackendsFile.Read(arguments.GetValue(backends)),
        TokensPerMinute = arguments.GetValue(tokens) ?? StartCommand.TokensPerMinute,
        ModelsHttps = arguments.GetValue(modelsHttps),
        ModelPace = StartCommand.ModelPace,
        StartApp = !arguments.GetValue(coreTools),
        FunctionKey = arguments.GetValue(enableAuth) && !arguments.GetValue(coreTools) ? LocalApp.CreateKey() : null,
        AppShutdownTimeout = LocalApp.LongestStop,
        AppPort = arguments.GetValue(appPort),
        GatewayPort = arguments.GetValue(gatewayPort),
        ModelsPort = arguments.GetValue(modelsPort),
        AdminPort = arguments.GetValue(adminPort),
        LogsPort = arguments.GetValue(logsPort),
        LogFile = arguments.GetValue(logFile),
        LogDelay = TimeSpan.FromSeconds(arguments.GetValue(logDelay)),
    },
    arguments.GetValue(coreTools),
    arguments.GetValue(enableAuth),
    Console.Out,
    cancellationToken));

var demo = new Command("demo", "Boot everything on free ports, fail an instance, heal it; print who served what.");
demo.SetAction((_, cancellationToken) => DemoCommand.RunAsync(CreateConsole(), Path.Combine("artifacts", "backend-distribution.html"), cancellationToken));

var text = new Argument<string?>("text") { Description = "What to say.", Arity = ArgumentArity.ZeroOrOne };
var copilot = new Option<bool>("--copilot") { Description = "Talk to the maintenance copilot, a line a message, until the input ends or says 'exit'." };
var app = new Option<Uri>("--app")
{
    Description = "Where the Function App is.",
    CustomParser = PartOptions.ReadAddress,
    DefaultValueFactory = _ => new Uri("http://localhost:7071"),
};
var key = PartOptions.Key();
var ask = new Command("ask", "Send a chat to a running system; print the answer and the regions that served it.") { text, copilot, app, key };
ask.Validators.Add(given => PartOptions.Check(
    given, given.GetValue(text) is not null || given.GetValue(copilot), "Say what to ask: ask \"TEXT\", or ask --copilot for a conversation."));
ask.SetAction((arguments, cancellationToken) => arguments.GetValue(copilot)
    ? CopilotCommand.RunAsync(
        arguments.GetRequiredValue(app), arguments.GetValue(key), arguments.GetValue(text), Console.In, !Console.IsInputRedirected, Console.Out, Console.Error, cancellationToken)
    : AskCommand.RunAsync(arguments.GetRequiredValue(app), arguments.GetValue(key), arguments.GetRequiredValue(text)!, Console.Out, Console.Error, cancellationToken));

var calls = new Argument<int>("calls") { Description = "How many." };
calls.Validators.Add(given => PartOptions.Check(given, given.GetValueOrDefault<int>() > 0, "Say how many calls: traffic N, with N above 0."));
var traffic = new Command("traffic", "Send calls of every kind to a running system; print who served them.") { calls, app, key };
traffic.SetAction((arguments, cancellationToken) => TrafficCommand.RunAsync(
    CreateConsole(), arguments.GetRequiredValue(app), arguments.GetValue(key), arguments.GetRequiredValue(calls), Console.Error, cancellationToken));

var workspace = new Option<string?>("--workspace") { Description = "The id of the Log Analytics workspace: asks the gateway's logs, as whoever is signed in to az." };
var write = new Option<bool>("--write") { Description = "Let the copilot save a maintenance request, for a room that is called TEST." };
var json = new Option<bool>("--json") { Description = "Print the rows as JSON." };
var models = JsonElement.Parse(File.ReadAllText(DeployedModels.File));
var dimensions = new Option<int>("--dimensions") { Description = "How many numbers an embedding has.", DefaultValueFactory = _ => DeployedModels.Dimensions(models) };
var verify = new Command("verify", "Have a deployed system, or a running one, prove itself row by row.") { app, key, workspace, write, json, dimensions };
verify.SetAction((arguments, cancellationToken) => VerifyCommand.RunAsync(
    CreateConsole(),
    new VerifyOptions
    {
        App = arguments.GetRequiredValue(app),
        Key = arguments.GetValue(key),
        Workspace = arguments.GetValue(workspace),
        Write = arguments.GetValue(write),
        Json = arguments.GetValue(json),
        Dimensions = arguments.GetValue(dimensions),
    },
    models,
    DateTimeOffset.UtcNow,
    (query, token) => WorkspaceChecks.AskAsync(arguments.GetRequiredValue(workspace)!, query, token),
    cancellationToken));

var cosmos = new Option<string>("--cosmos") { Description = "The account's address, such as https://NAME.documents.azure.com.", Required = true };
var database = new Option<string>("--database") { Description = "The database.", DefaultValueFactory = _ => "ContosoSuites" };
var requests = new Option<string>("--maintenance-requests") { Description = "The container of the maintenance requests.", DefaultValueFactory = _ => "MaintenanceRequests" };
var seed = new Command("seed", "Put the sample data into a deployed Cosmos DB account; what is there already stays.") { cosmos, database, requests };
seed.SetAction((arguments, cancellationToken) =>
{
    var settings = new CosmosSettings
    {
        AccountEndpoint = arguments.GetRequiredValue(cosmos),
        DatabaseName = arguments.GetRequiredValue(database),
        MaintenanceRequestsContainerName = arguments.GetRequiredValue(requests),
    };
    return SeedCommand.RunAsync(
        settings,
        token => CosmosSeed.PlantAsync(settings, new DefaultAzureCredential(), SeedCommand.Identity, token),
        Console.Out,
        Console.Error,
        TimeProvider.System,
        cancellationToken);
});

try
{
    return await new RootCommand("The Azure side of Contoso Suites Functions on one machine.")
        {
            start, demo, ask, traffic, verify, seed, PartCommands.Models(), PartCommands.Gateway(), PartCommands.Logs(), PartCommands.Host(),
        }
        .Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LocalApp.LongestStop + TimeSpan.FromSeconds(5) });
}
catch (OperationCanceledException)
{
    return 130; // Ctrl-C before there was anything to stop; the shell's code for that.
}
catch (Exception e) when (e is LocalStartException or GatewayConfigurationException or FunctionsHostException or OptionsValidationException or InvalidDataException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static IAnsiConsole CreateConsole() =>
    AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
