using System.CommandLine;
using ContosoSuites.Local.Models;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary><c>models</c>: the simulated instances alone. What it prints as backends can be the gateway's backends file.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        Option<int> models = PartOptions.Port("--models-port", "The first instance's port; the others follow.", 7081);
        Option<int> admin = PartOptions.Port("--admin-port", "The port of the instances' fault switch.", 7090);
        var command = new Command("models", "Start the simulated instances alone; print where they are as JSON.") { models, admin };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new LocalSystemOptions
            {
                AppSettings = new Dictionary<string, string?>(),
                ModelsPort = arguments.GetValue(models),
                AdminPort = arguments.GetValue(admin),
            },
            Console.Out,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LocalSystemOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using LocalModels models = await LocalModels.StartAsync(options, cancellationToken);
        var backends = models.Addresses.ToDictionary(
            backend => backend.Key, backend => new { backend.Value.Url, ApiKey = ModelCredentials.DefaultApiKey });
        return await RunningPart.WaitAsync(new { Admin = models.Admin.Endpoint, Backends = backends }, output, cancellationToken);
    }
}
