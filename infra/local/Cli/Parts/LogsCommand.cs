using System.CommandLine;
using ContosoSuites.Local.Logs;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary><c>logs</c>: the query API alone, over the file that a gateway writes.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        Option<int> port = PartOptions.Port("--logs-port", "The port of the query API.", 7091);
        Option<string> file = PartOptions.LogFile();
        var command = new Command("logs", "Start the query API on the logs alone; print where it is as JSON.") { port, file };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetRequiredValue(file), arguments.GetValue(port), Console.Out, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, int port, TextWriter output, CancellationToken cancellationToken)
    {
        await using LogQueryServer logs = await LocalLogs.StartQueriesAsync(file, port, time: null, cancellationToken);
        return await RunningPart.WaitAsync(new { Endpoint = logs.Endpoint.AbsoluteUri }, output, cancellationToken);
    }
}
