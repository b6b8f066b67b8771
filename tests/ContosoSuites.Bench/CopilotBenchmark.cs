using System.Diagnostics;
using System.Threading.Channels;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Gateway.Records;
using ContosoSuites.Local.Machine;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// A conversation with the maintenance copilot, turn by turn, and how much of a turn is not spent waiting for a model: the app,
/// its store with a durable save of the conversation, and the gateway.
/// </summary>
internal static class CopilotBenchmark
{
    private const int WarmUps = 60;
    private const int Conversations = 100;

    private static readonly string[] Messages =
    [
        "Please help me create a maintenance request for a room at the Grand Regency.",
        "There is a leak coming from under the kitchen sink. The carpet in the room is soaked.",
        "It is in room 303.",
        "Yes, save it.",
    ];

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        var log = new CallLog();

        // Embeddings are made afterwards: a turn's model calls are chats alone.
        await using LocalSystem system = await LocalSystem.StartAsync(
            await BenchSystem.OptionsAsync(folder, ("Maintenance:InlineEmbeddingSeconds", "0")) with { RequestLog = log });

        for (int i = 0; i < WarmUps; i++)
        {
            await TalkAsync(system.App!.Endpoint, log);
        }

        var turns = new List<Turn>();
        for (int i = 0; i < Conversations; i++)
        {
            turns.AddRange(await TalkAsync(system.App!.Endpoint, log));
        }

        double calls = turns.Average(turn => turn.ModelCalls);
        (double whole50, double whole99) = Percentiles.P50AndP99(turns.Select(turn => turn.Milliseconds));
        (double own50, double own99) = Percentiles.P50AndP99(turns.Select(turn => turn.Milliseconds - turn.ModelMilliseconds));
        AnsiConsole.WriteLine(Invariant($"copilot turn p50 {whole50:0.00} ms, p99 {whole99:0.00} ms; beyond the models p50 {own50:0.00} ms, p99 {own99:0.00} ms; {calls:0.0} model calls"));
        return
        [
            new Aim("copilot turn, simulated model", Invariant($"p50 {whole50:0.00} ms, p99 {whole99:0.00} ms"), Invariant($"{calls:0.0} model calls a turn")),
            new Aim(
                "copilot turn, beyond the model's own time", Invariant($"p50 {own50:0.00} ms, p99 {own99:0.00} ms"),
                Invariant($"a turn takes {whole50:0.00} ms"), Aim.Times(own50 / whole50)),
        ];
    }

    private static async Task<List<Turn>> TalkAsync(Uri app, CallLog log)
    {
        using var client = new AppClient(app);
        var copilot = new CopilotClient(client);
        var turns = new List<Turn>();
        CopilotClient.Answer? answer = null;
        foreach (string message in Messages)
        {
            long start = Stopwatch.GetTimestamp();
            answer = await copilot.SayAsync(message, CancellationToken.None);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            int calls = answer.Problem is { } problem ? throw new InvalidOperationException(problem) : answer.ServedBy.Split(',').Length;
            turns.Add(new Turn(milliseconds, calls, await log.TakeAsync(calls)));
        }

        return answer!.SavedRequestId is null ? throw new InvalidOperationException($"Nothing was saved: {answer.Reply}") : turns;
    }

    private sealed record Turn(double Milliseconds, int ModelCalls, double ModelMilliseconds);

    /// <summary>How long the gateway waited for the models.</summary>
    private sealed class CallLog : IRequestLog
    {
        private readonly Channel<double> _calls = Channel.CreateUnbounded<double>();

        public void Write(RequestRecord record) => _calls.Writer.TryWrite(record.Attempts.Sum(attempt => attempt.Duration.TotalMilliseconds));

        /// <summary>The milliseconds of the next calls together. A record may come a little after its answer.</summary>
        public async Task<double> TakeAsync(int calls)
        {
            double sum = 0;
            for (int i = 0; i < calls; i++)
            {
                sum += await _calls.Reader.ReadAsync();
            }

            return sum;
        }
    }
}
