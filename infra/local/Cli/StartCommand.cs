using System.Diagnostics;
using System.Globalization;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Local.Cli;

/// <summary><c>start</c>: everything on fixed ports until Ctrl-C.</summary>
internal static class StartCommand
{
    /// <summary>
    /// The tokens that the gateway grants a minute unless one says otherwise: as good as without end, since who tries things out
    /// briskly would meet the deployed limit, and take it for a failure of what was tried.
    /// </summary>
    public const int TokensPerMinute = 10_000_000;

    /// <summary>How long an instance takes for a piece of a stream: one can watch it, as with a model.</summary>
    public static readonly TimeSpan ModelPace = TimeSpan.FromMilliseconds(15);

    /// <summary>Starts, says where everything is, and waits for the end.</summary>
    /// <returns>The exit code: 0 after Ctrl-C, 1 when something could not start.</returns>
    public static async Task<int> RunAsync(LocalSystemOptions options, bool coreTools, bool enableAuth, TextWriter output, CancellationToken cancellationToken)
    {
        // First, so that it is there until all else has ended.
        Func<int?> app = () => null;
        using var impatience = new SecondInterrupt(() => app());
        await using LocalSystem system = await LocalSystem.StartAsync(options, cancellationToken);
        using Process? func = coreTools ? CoreTools.Start(options.AppPort, enableAuth, system.Connections.ToSettings(options.AppSettings)) : null;
        app = () => func?.Id ?? system.App?.Worker.ProcessId;
        string address = system.App?.Endpoint.GetLeftPart(UriPartial.Authority) ?? string.Create(CultureInfo.InvariantCulture, $"http://localhost:{options.AppPort}");
        await DescribeAsync(system, address, options.FunctionKey, coreTools, output);

        Task end = func?.WaitForExitAsync(cancellationToken) ?? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (end.IsCompletedSuccessfully)
        {
            return func!.ExitCode;
        }

        await output.WriteLineAsync("Stopping. Calls that run may end, for at most 30 seconds; Ctrl-C again stops at once.");
        await (func is null ? Task.CompletedTask : CoreTools.StopAsync(func));
        return 0;
    }

    private static Task DescribeAsync(LocalSystem system, string app, string? key, bool coreTools, TextWriter output)
    {
        string header = key is null ? "" : $"-H 'x-functions-key: {key}' ";
        string[] lines =
        [
            "",
            $"Function App   {app}/api{(coreTools ? "   (Core Tools says when it is ready)" : "")}",
            $"Gateway        {system.Gateway.Endpoint}",
            .. key is null ? (string[])[] : [$"Function key   {key}   (header x-functions-key, or ?code=)"],
            .. system.Instances.Select(instance => $"Model          {instance.Endpoint}   {instance.Name}, {instance.Region} (simulated)"),
            $"Fault switch   {system.Admin.Endpoint}instances",
            .. system.Logs is null ? (string[])[] : [$"Log queries    {system.Logs.Endpoint}v1/workspaces/local/query", $"Who served     {app}/api/BackendDistribution/chart"],
            "",
            "Try:",
            $"  curl -i {header}-F 'message=Good morning!' {app}/api/Chat",
            $"  curl -G {header}--data-urlencode 'text=The shower drips' {app}/api/Vectorize",
            .. system.Instances.Take(1).Select(first =>
                $$"""  curl -X PUT -H 'Content-Type: application/json' -d '{"kind":"throttle","retryAfterSeconds":20}' {{system.Admin.Endpoint}}instances/{{first.Name}}/fault"""),
            "",
            "Ctrl-C stops everything when the calls that run have ended; a second one, at once.",
        ];
        return output.WriteLineAsync(string.Join('\n', lines));
    }
}
