using System.Globalization;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>
/// <c>demo</c>: the whole story in half a minute. Everything on free ports; calls while all is well, while one instance
/// throttles, while it refuses connections, and when it is back; then a conversation with the maintenance copilot, and the
/// token limit at work; last what the app has collected of all that. The token limit has a gateway of its own: the first has
/// tokens without end, so that failures are all that the figures show.
/// </summary>
internal sealed class DemoCommand
{
    private const int Callers = 4;
    private const string Never = "0 0 0 30 2 *";
    private const double ShareTolerance = 0.05;
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly IAnsiConsole _console;
    private readonly LocalSystem _system;
    private readonly LocalSystemOptions _options;
    private readonly AttemptTally _attempts;
    private readonly Traffic _traffic;
    private readonly Dictionary<string, double> _expectedShares;
    private int _failures;
    private int _calls;
    private int _callsOfRecovery;

    private DemoCommand(
        IAnsiConsole console, LocalSystem system, LocalSystemOptions options, AttemptTally attempts, Traffic traffic, IReadOnlyList<InstanceEntry> backends)
    {
        _console = console;
        _system = system;
        _options = options;
        _attempts = attempts;
        _traffic = traffic;
        int group = backends.Min(backend => backend.Priority);
        double weights = backends.Where(backend => backend.Priority == group).Sum(backend => backend.Weight);
        _expectedShares = backends.ToDictionary(backend => backend.Name, backend => backend.Priority == group ? backend.Weight / weights : 0);
    }

    /// <summary>Runs the demo.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="chartFile">Where the page with the charts is kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// 0 when every call was answered, the healthy shares are those of the weights, the copilot's request is listed, the token
    /// limit works, and the collected figures are the instances' own; else 1.
    /// </returns>
    public static async Task<int> RunAsync(IAnsiConsole console, string chartFile, CancellationToken cancellationToken)
    {
        console.MarkupLine("Starting two simulated Azure OpenAI instances, the gateway and the Function App on free ports...");
        var attempts = new AttemptTally();
        using var folder = new TemporaryFolder("contoso-demo-");
        var settings = new Dictionary<string, string?>(LocalSettingsFile.ReadSample())
        {
            ["Storage:SqlitePath"] = Path.Combine(folder.Path, "contoso-suites.db"),

            // Only the demo's own calls are in its figures.
            ["EmbedPendingRequestsSchedule"] = Never,
            ["BackendDistributionSchedule"] = Never,
        };
        var options = new LocalSystemOptions
        {
            AppSettings = settings,
            RequestLog = attempts,
            LogFile = Path.Combine(folder.Path, "gateway-logs.db"),
            TokensPerMinute = int.MaxValue,

            // What the demo provokes it also shows; only what it does not expect has a place besides.
            AppLogging = LocalLogging.ErrorsToConsole,
        };
        await using LocalSystem system = await LocalSystem.StartAsync(options, cancellationToken);
        using var traffic = new Traffic(system.App!.Endpoint);
        var demo = new DemoCommand(console, system, options, attempts, traffic, GatewayFiles.Read(options.GatewayDirectory).Backends.Instances);
        return await demo.RunAsync(chartFile, cancellationToken);
    }

    private async Task<int> RunAsync(string chartFile, CancellationToken cancellationToken)
    {
        ModelInstance victim = _system.Instances[0];
        string name = $"[bold]{victim.Name}[/] ({victim.Region})";

        await RunPhaseAsync("All instances are well: 40 chats and 40 embeddings", 40, 40, healthy: true, cancellationToken);

        await victim.SetFaultAsync(new ThrottleFault(Throttle), cancellationToken);
        await RunPhaseAsync($"{name} throttles (429): its breaker opens", 20, 20, healthy: false, cancellationToken);
        await RecoverAsync(victim, name, cancellationToken);

        await victim.SetFaultAsync(new RefuseFault(), cancellationToken);
        await RunPhaseAsync($"{name} refuses connections: calls are retried", 20, 20, healthy: false, cancellationToken);
        await RecoverAsync(victim, name, cancellationToken);

        await RunPhaseAsync("All instances are well again", 20, 20, healthy: true, cancellationToken);
        await RunConversationAsync(cancellationToken);
        await RunTokenLimitAsync(cancellationToken);
        await RunDistributionAsync(chartFile, cancellationToken);

        if (_failures > 0)
        {
            _console.MarkupLine($"[red]Failed:[/] {_failures} thing(s) above went wrong.");
            return 1;
        }

        _console.MarkupLine("[green]Every call was answered but the one without tokens, and healthy shares follow the weights.[/]");
        return 0;
    }

    private async Task RunPhaseAsync(string title, int chats, int embeddings, bool healthy, CancellationToken cancellationToken)
    {
        _console.WriteLine();
        _console.MarkupLine($"[underline]{title}[/]");
        var phase = new DemoPhase(_system.Instances, _attempts);
        int total = chats + embeddings;
        _calls += total;
        int answered = 0;
        int done = 0;
        await Parallel.ForAsync(0, total, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
        {
            using HttpResponseMessage response = i < chats ? await _traffic.ChatAsync(i, token) : await _traffic.EmbedAsync(i, token);
            if (response.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref answered);
            }

            ShowProgress(Interlocked.Increment(ref done), total);
        });

        IReadOnlyList<DemoPhase.Row> rows = phase.End();
        _console.Write(DemoPhase.Format(rows));
        Report(answered == total, string.Create(CultureInfo.InvariantCulture, $"{answered} of {total} calls answered ({(double)answered / total:P0})"));
        if (healthy)
        {
            bool even = rows.All(row => Math.Abs(row.Share - _expectedShares[row.Instance]) <= ShareTolerance);
            Report(even, $"shares follow the weights ({string.Join(", ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Instance} {_expectedShares[row.Instance]:P0}")))})");
        }
    }

    private async Task RunConversationAsync(CancellationToken cancellationToken)
    {
        _console.WriteLine();
        _console.MarkupLine("[underline]The maintenance copilot takes a report[/]");
        string? saved = await DemoConversation.RunAsync(_console, _system.App!.Endpoint, cancellationToken);
        Report(saved is not null, saved is null ? "no request of the conversation is in the list of maintenance requests" : $"the request {saved} is saved and listed");
    }

    private async Task RunTokenLimitAsync(CancellationToken cancellationToken)
    {
        _console.WriteLine();
        _console.MarkupLine($"[underline]{DemoTokenLimit.Title}[/]");
        bool good = await DemoTokenLimit.RunAsync(_console, _system, _options, cancellationToken);
        Report(good, "the refused turn names the token limit and the wait, and goes on where there are tokens");
    }

    private async Task RunDistributionAsync(string chartFile, CancellationToken cancellationToken)
    {
        _console.WriteLine();
        _console.MarkupLine("[underline]Who served what, as the app has collected it from the gateway's logs[/]");
        string? wrong = await DemoDistribution.RunAsync(_console, _system, _attempts, cancellationToken);
        long all = _system.Instances.Sum(instance => instance.Counters.Snapshot().Count(status: 200));
        _console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"That is {_calls} calls of the phases, {_callsOfRecovery} while an instance came back, and {all - _calls - _callsOfRecovery} of the conversations."));
        Report(wrong is null, wrong?.EscapeMarkup() ?? "these figures are those that the instances have counted themselves");
        await DemoDistribution.SaveChartAsync(_system.App!.Endpoint, chartFile, cancellationToken);

        // Not through the console, which would break an address that is longer than its lines.
        TextWriter output = _console.Profile.Out.Writer;
        await output.WriteLineAsync(
            $"""
            The same as charts: {new Uri(Path.GetFullPath(chartFile)).AbsoluteUri}
            With ./dev start they follow what happens: http://localhost:7071/api/BackendDistribution/chart

            """);
    }

    /// <summary>Heals an instance and calls until it serves again, which it does when its breaker has closed.</summary>
    private async Task RecoverAsync(ModelInstance instance, string name, CancellationToken cancellationToken)
    {
        await instance.SetFaultAsync(null, cancellationToken);
        long before = instance.Counters.Snapshot().Count(status: 200);
        int calls = 0;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(TimeSpan.FromSeconds(30));
        do
        {
            using HttpResponseMessage response = await _traffic.ChatAsync(calls++, giveUp.Token);
            if (!response.IsSuccessStatusCode)
            {
                Report(false, "a call failed while an instance was recovering");
            }
        }
        while (instance.Counters.Snapshot().Count(status: 200) == before);
        _callsOfRecovery += calls;
        Report(true, string.Create(CultureInfo.InvariantCulture, $"{name} is healed and serves again ({calls} calls later)"));
    }

    private void Report(bool good, string text)
    {
        _failures += good ? 0 : 1;
        _console.MarkupLine($"{(good ? "[green]ok[/]" : "[red]not ok[/]")}  {text}");
    }

    /// <summary>One line that is written over, on a terminal; nothing where output goes to a file.</summary>
    private void ShowProgress(int done, int total)
    {
        if (_console.Profile.Out.IsTerminal)
        {
            lock (_console)
            {
                _console.Profile.Out.Writer.Write(done == total ? "\r                    \r" : $"\r{done} of {total} calls");
            }
        }
    }
}
