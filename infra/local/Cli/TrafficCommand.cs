using System.Globalization;
using ContosoSuites.Local.Gateway.Configuration;
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
        // One line instead of a failure a call where there is nobody to call.
        using var client = new AppClient(app, key);
        try
        {
            using HttpResponseMessage health = await client.GetAsync("health", cancellationToken);
        }
        catch (HttpRequestException e)
        {
            await error.WriteLineAsync(AppClient.DescribeUnreachable(app, e));
            return 1;
        }

        using var traffic = new Traffic(app, key);
        var made = new List<TrafficCall>();
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
        {
            TrafficCall call = await MakeAsync(traffic, i, token);
            lock (made)
            {
                made.Add(call);
                console.Profile.Out.Writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made.Count,6}  {call}"));
            }
        });

        // A call of the copilot makes several model calls, and each counts.
        string[] regions = [.. made.SelectMany(call => call.Regions)];
        Table served = Figures.Table(["region"], ["model calls", "share"]);
        foreach ((string region, int count) in regions.CountBy(region => region).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            served.AddRow(region, Figures.Text($"{count}"), Figures.Text($"{(double)count / regions.Length:P1}"));
        }

        console.WriteLine();
        console.Write(served);
        TrafficCall[] failures = [.. made.Where(call => call.Problem is not null)];
        if (failures.Length > 0)
        {
            Table failed = Figures.Table(["failed"], ["status", "calls"]);
            foreach (((int? status, string? problem), int count) in failures.CountBy(call => (call.Status, call.Problem)).OrderByDescending(entry => entry.Value))
            {
                failed.AddRow(problem!.EscapeMarkup(), status is null ? "-" : Figures.Text($"{status}"), Figures.Text($"{count}"));
            }

            console.Write(failed);
        }

        if (failures.Any(call => call.Status == 429 && call.Problem!.Contains("token limit", StringComparison.Ordinal)))
        {
            console.WriteLine("The gateway grants no more tokens for now: ./dev start --tokens-per-minute N lets it grant more.");
        }

        console.WriteLine(Figures.Text($"{calls - failures.Length} of {calls} calls answered."));
        return failures.Length == 0 ? 0 : 1;
    }

    /// <summary>Makes the call with this number: a turn of the copilot takes as many tokens as several chats, so of twenty it is one.</summary>
    public static Task<TrafficCall> MakeAsync(Traffic traffic, int i, CancellationToken cancellationToken) => (i % 20) switch
    {
        19 => TrafficCall.MakeAsync("MaintenanceCopilotChat", traffic.BeginConversationAsync(i, cancellationToken), cancellationToken),
        var n when n % 3 == 0 => TrafficCall.MakeAsync("Chat", traffic.ChatAsync(i, cancellationToken), cancellationToken),
        var n when n % 3 == 1 => TrafficCall.MakeAsync("Chat, streamed", traffic.StreamAsync(i, cancellationToken), cancellationToken),
        _ => TrafficCall.MakeAsync("Vectorize", traffic.EmbedAsync(i, cancellationToken), cancellationToken),
    };
}

/// <summary>The tables of figures that commands print.</summary>
internal static class Figures
{
    /// <summary>A table with columns of texts, and columns of numbers after them.</summary>
    public static Table Table(string[] texts, string[] numbers) => new Table().Border(TableBorder.Rounded)
        .AddColumns(texts)
        .AddColumns([.. numbers.Select(name => new TableColumn(name).RightAligned())]);

    /// <summary>What part of the calls each instance should get, by its priority and weight.</summary>
    public static IReadOnlyList<(InstanceEntry Instance, double Share)> ExpectedShares(IReadOnlyList<InstanceEntry> instances)
    {
        int first = instances.Min(instance => instance.Priority);
        double weights = instances.Where(instance => instance.Priority == first).Sum(instance => instance.Weight);
        return [.. instances.Select(instance => (instance, instance.Priority == first ? instance.Weight / weights : 0))];
    }

    /// <summary>A text with figures, the same everywhere.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
