using System.Globalization;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary><c>traffic N</c>: calls of every kind to a running system, some at a time, and who served them.</summary>
internal static class TrafficCommand
{
    private const int Callers = 8;

    /// <summary>Sends them; prints a line a call as it ends, and the sums.</summary>
    /// <returns>The exit code: 0 when every call was answered.</returns>
    public static async Task<int> RunAsync(IAnsiConsole console, Uri app, string? key, int calls, TextWriter error, CancellationToken cancellationToken)
    {
        if (await FindObstacleAsync(app, cancellationToken) is { } obstacle)
        {
            await error.WriteLineAsync(obstacle);
            return 1;
        }

        using var traffic = new Traffic(app, key);
        var tally = new TrafficTally();
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
        {
            TrafficCall call = await MakeAsync(traffic, i, token);
            lock (tally)
            {
                tally.Add(call);
                console.Profile.Out.Writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Calls,6}  {call}"));
            }
        });

        console.WriteLine();
        console.Write(tally.FormatRegions());
        if (tally.FormatFailures() is { } failures)
        {
            console.Write(failures);
        }

        if (tally.HasMetTokenLimit)
        {
            console.WriteLine("The gateway grants no more tokens for now: ./dev start --tokens-per-minute N lets it grant more.");
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls - tally.Failed} of {calls} calls answered."));
        return tally.Failed == 0 ? 0 : 1;
    }

    /// <summary>Makes the call with this number: a turn of the copilot takes as many tokens as several chats, so of twenty it is one.</summary>
    public static Task<TrafficCall> MakeAsync(Traffic traffic, int i, CancellationToken cancellationToken) => (i % 20) switch
    {
        19 => TrafficCall.MakeAsync("MaintenanceCopilotChat", () => traffic.BeginConversationAsync(i, cancellationToken), cancellationToken),
        var n when n % 3 == 0 => TrafficCall.MakeAsync("Chat", () => traffic.ChatAsync(i, cancellationToken), cancellationToken),
        var n when n % 3 == 1 => TrafficCall.MakeAsync("Chat, streamed", () => traffic.StreamAsync(i, cancellationToken), cancellationToken),
        _ => TrafficCall.MakeAsync("Vectorize", () => traffic.EmbedAsync(i, cancellationToken), cancellationToken),
    };

    /// <summary>One line instead of a failure a call where there is nobody to call.</summary>
    private static async Task<string?> FindObstacleAsync(Uri app, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using HttpResponseMessage health = await client.GetAsync(new Uri(app, "api/health"), cancellationToken);
            return null;
        }
        catch (HttpRequestException e)
        {
            return ProblemText.DescribeUnreachable(app, e);
        }
    }
}
