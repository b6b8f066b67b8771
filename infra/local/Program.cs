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

var modelsHttps = new Option<bool>("--models-https") { Description = "Let the simulated instances speak https, which the fault wrongTlsName needs." };
var coreTools = new Option<bool>("--func") { Description = "Run the app with Core Tools instead of the built-in host." };
var start = new Command("start", "Boot everything on fixed ports and run until Ctrl-C.")
{
    PartOptions.AppPort, PartOptions.GatewayPort, PartOptions.ModelsPort, PartOptions.AdminPort, PartOptions.LogsPort, PartOptions.Backends,
    PartOptions.TokensPerMinute, modelsHttps, PartOptions.LogFile, PartOptions.LogDelay, coreTools, PartOptions.EnableAuth,
};
start.SetAction((arguments, cancellationToken) =>
{
    LocalSystemOptions options = PartOptions.Read(arguments);
    bool hasCoreTools = arguments.GetValue(coreTools);
    return StartCommand.RunAsync(
        options with
        {
            AppSettings = LocalSettingsFile.ReadForStart(Directory.GetCurrentDirectory()),
            TokensPerMinute = options.TokensPerMinute ?? StartCommand.TokensPerMinute,
            ModelsHttps = arguments.GetValue(modelsHttps),
            ModelPace = StartCommand.ModelPace,
            StartApp = !hasCoreTools,
            FunctionKey = hasCoreTools ? null : options.FunctionKey,
        },
        hasCoreTools,
        arguments.GetValue(PartOptions.EnableAuth),
        Console.Out,
        cancellationToken);
});

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
var ask = new Command("ask", "Send a chat to a running system; print the answer and the regions that served it.") { text, copilot, app, PartOptions.Key };
ask.Validators.Add(given => PartOptions.Check(
    given, given.GetValue(text) is not null || given.GetValue(copilot), "Say what to ask: ask \"TEXT\", or ask --copilot for a conversation."));
ask.SetAction((arguments, cancellationToken) => arguments.GetValue(copilot)
    ? CopilotCommand.RunAsync(
        arguments.GetRequiredValue(app), arguments.GetValue(PartOptions.Key), arguments.GetValue(text), Console.In, !Console.IsInputRedirected, Console.Out, Console.Error, cancellationToken)
    : AskCommand.RunAsync(arguments.GetRequiredValue(app), arguments.GetValue(PartOptions.Key), arguments.GetRequiredValue(text)!, Console.Out, Console.Error, cancellationToken));

var calls = new Argument<int>("calls") { Description = "How many." };
calls.Validators.Add(given => PartOptions.Check(given, given.GetValueOrDefault<int>() > 0, "Say how many calls: traffic N, with N above 0."));
var traffic = new Command("traffic", "Send calls of every kind to a running system; print who served them.") { calls, app, PartOptions.Key };
traffic.SetAction((arguments, cancellationToken) => TrafficCommand.RunAsync(
    CreateConsole(), arguments.GetRequiredValue(app), arguments.GetValue(PartOptions.Key), arguments.GetRequiredValue(calls), Console.Error, cancellationToken));

var workspace = new Option<string?>("--workspace") { Description = "The id of the Log Analytics workspace: asks the gateway's logs, as whoever is signed in to az." };
var write = new Option<bool>("--write") { Description = "Let the copilot save a maintenance request, for a room that is called TEST." };
var json = new Option<bool>("--json") { Description = "Print the rows as JSON." };
var models = JsonElement.Parse(File.ReadAllText(DeployedModels.File));
var dimensions = new Option<int>("--dimensions") { Description = "How many numbers an embedding has.", DefaultValueFactory = _ => DeployedModels.Dimensions(models) };
var verify = new Command("verify", "Have a deployed system, or a running one, prove itself row by row.") { app, PartOptions.Key, workspace, write, json, dimensions };
verify.SetAction((arguments, cancellationToken) =>
{
    var options = new VerifyOptions
    {
        App = arguments.GetRequiredValue(app),
        Key = arguments.GetValue(PartOptions.Key),
        Workspace = arguments.GetValue(workspace),
        Write = arguments.GetValue(write),
        Json = arguments.GetValue(json),
        Dimensions = arguments.GetValue(dimensions),
    };
    return new VerifyCommand(CreateConsole(), options).RunAsync(
        models, DateTimeOffset.UtcNow, (query, token) => WorkspaceChecks.AskAsync(options.Workspace!, query, token), cancellationToken);
});

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
