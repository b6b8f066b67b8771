using ContosoSuites.Functions.Distribution;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Machine;
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
internal sealed class DemoCommand(IAnsiConsole console, LocalSystem system, LocalSystemOptions options, AttemptTally attempts, Traffic traffic)
{
    private const int Callers = 4;
    private const string Never = "0 0 0 30 2 *";
    private const double ShareTolerance = 0.05;
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogTime = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, double> _expectedShares =
        Figures.ExpectedShares(GatewayFiles.Read(options.GatewayDirectory).Backends.Instances).ToDictionary(share => share.Instance.Name, share => share.Share);

    private int _failures;
    private int _calls;
    private int _callsOfRecovery;

    /// <summary>Runs the demo, and keeps the page with its charts.</summary>
    /// <returns>
    /// 0 when every call was answered, the healthy shares are those of the weights, the copilot's request is listed, the token
    /// limit works, and the collected figures are the instances' own; else 1.
    /// </returns>
    public static async Task<int> RunAsync(IAnsiConsole console, string chartFile, CancellationToken cancellationToken)
    {
        console.MarkupLine("Starting two simulated Azure OpenAI instances, the gateway and the Function App on free ports...");
        var attempts = new AttemptTally();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contoso-demo-");
        try
        {
            var options = new LocalSystemOptions
            {
                AppSettings = new Dictionary<string, string?>(LocalSettingsFile.ReadSample())
                {
                    ["Storage:SqlitePath"] = Path.Combine(folder.FullName, "contoso-suites.db"),

                    // Only the demo's own calls are in its figures.
                    ["EmbedPendingRequestsSchedule"] = Never,
                    ["BackendDistributionSchedule"] = Never,
                },
                RequestLog = attempts,
                LogFile = Path.Combine(folder.FullName, "gateway-logs.db"),
                TokensPerMinute = int.MaxValue,

                // What the demo provokes it also shows; only what it does not expect has a place besides.
                AppLogging = LocalLogging.ErrorsToConsole,
            };
            await using LocalSystem system = await LocalSystem.StartAsync(options, cancellationToken);
            using var traffic = new Traffic(system.App!.Endpoint);
            return await new DemoCommand(console, system, options, attempts, traffic).RunAsync(chartFile, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<int> RunAsync(string chartFile, CancellationToken cancellationToken)
    {
        ModelInstance victim = system.Instances[0];
        string name = $"[bold]{victim.Name}[/] ({victim.Region})";
        await RunPhaseAsync("All instances are well: 40 chats and 40 embeddings", 40, healthy: true, cancellationToken);

        await victim.SetFaultAsync(new ThrottleFault(Throttle), cancellationToken);
        await RunPhaseAsync($"{name} throttles (429): its breaker opens", 20, healthy: false, cancellationToken);
        await RecoverAsync(victim, name, cancellationToken);

        await victim.SetFaultAsync(new RefuseFault(), cancellationToken);
        await RunPhaseAsync($"{name} refuses connections: calls are retried", 20, healthy: false, cancellationToken);
        await RecoverAsync(victim, name, cancellationToken);

        await RunPhaseAsync("All instances are well again", 20, healthy: true, cancellationToken);

        Title("The maintenance copilot takes a report");
        string? saved = await DemoConversation.RunAsync(console, system.App!.Endpoint, cancellationToken);
        Report(saved is not null, saved is null ? "no request of the conversation is in the list of maintenance requests" : $"the request {saved} is saved and listed");

        Title(Figures.Text($"The token limit refuses a turn ({DemoConversation.TokensPerMinute} tokens a minute, for this phase): it is not lost"));
        bool limited = await DemoConversation.MeetTokenLimitAsync(console, system, options, cancellationToken);
        Report(limited, "the refused turn names the token limit and the wait, and goes on where there are tokens");

        await RunDistributionAsync(chartFile, cancellationToken);
        console.MarkupLine(_failures > 0
            ? $"[red]Failed:[/] {_failures} thing(s) above went wrong."
            : "[green]Every call was answered but the one without tokens, and healthy shares follow the weights.[/]");
        return _failures > 0 ? 1 : 0;
    }

    private async Task RunPhaseAsync(string title, int callsOfEachKind, bool healthy, CancellationToken cancellationToken)
    {
        Title(title);
        List<Served> before = Read();
        int total = 2 * callsOfEachKind;
        _calls += total;
        int answered = 0;
        await Parallel.ForAsync(0, total, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
        {
            using HttpResponseMessage response = i < callsOfEachKind ? await traffic.ChatAsync(i, token) : await traffic.EmbedAsync(i, token);
            Interlocked.Add(ref answered, response.IsSuccessStatusCode ? 1 : 0);
        });

        Served[] served = [.. Read().Zip(before, (after, then) => after with { Calls = after.Calls - then.Calls, Retries = after.Retries - then.Retries, Tokens = after.Tokens - then.Tokens })];
        double all = Math.Max(1, served.Sum(row => row.Calls));
        Table table = Figures.Table(["instance", "region"], ["calls", "share", "retries", "tokens"]);
        foreach (Served row in served)
        {
            table.AddRow(row.Instance.Name, row.Instance.Region, Figures.Text($"{row.Calls}"), Figures.Text($"{row.Calls / all:P0}"), Figures.Text($"{row.Retries}"), Figures.Text($"{row.Tokens}"));
        }

        console.Write(table);
        Report(answered == total, Figures.Text($"{answered} of {total} calls answered ({(double)answered / total:P0})"));
        if (healthy)
        {
            Report(
                served.All(row => Math.Abs((row.Calls / all) - _expectedShares[row.Instance.Name]) <= ShareTolerance),
                $"shares follow the weights ({string.Join(", ", served.Select(row => Figures.Text($"{row.Instance.Name} {_expectedShares[row.Instance.Name]:P0}")))})");
        }
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
            using HttpResponseMessage response = await traffic.ChatAsync(calls++, giveUp.Token);
            if (!response.IsSuccessStatusCode)
            {
                Report(false, "a call failed while an instance was recovering");
            }
        }
        while (instance.Counters.Snapshot().Count(status: 200) == before);
        _callsOfRecovery += calls;
        Report(true, Figures.Text($"{name} is healed and serves again ({calls} calls later)"));
    }

    /// <summary>
    /// The app collects from the gateway's logs who served what. The gateway knows the instances by what they answer; they have
    /// counted for themselves, and the figures have to be the same.
    /// </summary>
    private async Task RunDistributionAsync(string chartFile, CancellationToken cancellationToken)
    {
        Title("Who served what, as the app has collected it from the gateway's logs");
        await WaitForLogsAsync(cancellationToken);
        string? wrong = await system.App!.RunTimerAsync("CollectBackendDistribution");
        using var client = new HttpClient { BaseAddress = system.App.Endpoint };
        if (wrong is null)
        {
            CollectedReport report = (await client.GetFromJsonAsync<CollectedReport>("api/BackendDistribution", cancellationToken))!;
            console.Write(Format(report));
            wrong = Compare(report);
        }

        long all = system.Instances.Sum(instance => instance.Counters.Snapshot().Count(status: 200));
        console.WriteLine(Figures.Text(
            $"That is {_calls} calls of the phases, {_callsOfRecovery} while an instance came back, and {all - _calls - _callsOfRecovery} of the conversations."));
        Report(wrong is null, wrong?.EscapeMarkup() ?? "these figures are those that the instances have counted themselves");

        // It outlives the demo: the page needs nothing but itself, and one whose range ends at a given time does not look for newer figures.
        DateTime now = DateTime.UtcNow;
        string page = await client.GetStringAsync(Figures.Text($"api/BackendDistribution/chart?from={now.AddHours(-1):s}Z&to={now:s}Z&bin=PT1M"), cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(chartFile))!);
        await File.WriteAllTextAsync(chartFile, page, cancellationToken);

        // Not through the console, which would break an address that is longer than its lines.
        await console.Profile.Out.Writer.WriteLineAsync(
            $"""
            The same as charts: {new Uri(Path.GetFullPath(chartFile)).AbsoluteUri}
            With ./dev start they follow what happens: http://localhost:7071/api/BackendDistribution/chart

            """);
    }

    /// <summary>Waits for the rows of what the instances have answered. Should they not come, the comparison tells.</summary>
    private async Task WaitForLogsAsync(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(LogTime);
        try
        {
            foreach (ModelInstance instance in system.Instances)
            {
                await attempts.WaitForAnswersAsync(instance.Name, instance.Counters.Snapshot().Count(), giveUp.Token);
            }

            await system.RequestLog!.FlushAsync(giveUp.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // As said above.
        }
    }

    private static Table Format(CollectedReport report)
    {
        Dictionary<string, BackendShare> shares = report.PriorityGroups.SelectMany(group => group.Backends).ToDictionary(share => share.Backend);
        Table table = Figures.Table(["backend"], ["calls", "share", "expected", "throttled", "retries", "tokens"]);
        foreach (BackendReport backend in report.Backends)
        {
            BackendShare? share = shares.GetValueOrDefault(backend.Backend);
            table.AddRow(
                backend.Backend.Length > 0 ? backend.Backend : "no backend",
                Figures.Text($"{backend.Figures.Requests}"),
                share?.Share is { } observed ? Figures.Text($"{observed:P0}") : "",
                share is null ? "" : Figures.Text($"{share.ExpectedShare:P0}"),
                Figures.Text($"{backend.Figures.Throttled}"),
                Figures.Text($"{backend.Figures.Retries}"),
                Figures.Text($"{TokensOf(backend.Figures)}"));
        }

        return table;
    }

    private string? Compare(CollectedReport report)
    {
        foreach (ModelInstance instance in system.Instances)
        {
            ModelCountersSnapshot counters = instance.Counters.Snapshot();
            DistributionFigures figures = report.Backends.Single(backend => backend.Backend == instance.Name).Figures;
            var own = (counters.Count(status: 200), counters.Count(status: 429), counters.PromptTokens + counters.CompletionTokens);
            var found = (figures.Successes, figures.Throttled, TokensOf(figures));
            if (own != found)
            {
                return $"{instance.Name} has counted {own} answers, throttled calls and tokens, and {found} were collected";
            }
        }

        return null;
    }

    private static long TokensOf(DistributionFigures figures) => figures.PromptTokens + figures.CompletionTokens;

    /// <summary>What every instance has done so far.</summary>
    private List<Served> Read() =>
    [
        .. from instance in system.Instances
           let counters = instance.Counters.Snapshot()
           select new Served(instance, counters.Count(status: 200), attempts.FailedAt(instance.Name), counters.PromptTokens + counters.CompletionTokens),
    ];

    private void Title(string title)
    {
        console.WriteLine();
        console.MarkupLine($"[underline]{title}[/]");
    }

    private void Report(bool good, string text)
    {
        _failures += good ? 0 : 1;
        console.MarkupLine($"{(good ? "[green]ok[/]" : "[red]not ok[/]")}  {text}");
    }

    /// <summary>The calls that an instance served, those that it failed and another made good, and the tokens that it gave out.</summary>
    private sealed record Served(ModelInstance Instance, long Calls, int Retries, long Tokens);

    /// <summary>What is looked at here of the app's report.</summary>
    private sealed record CollectedReport(BackendReport[] Backends, PriorityGroupReport[] PriorityGroups);
}
