using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Models;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>
/// The end of the demo: the app collects from the gateway's logs who served what. The gateway knows the instances by what
/// they answer; they have counted for themselves, and the figures have to be the same.
/// </summary>
internal static class DemoDistribution
{
    private static readonly TimeSpan LogTime = TimeSpan.FromSeconds(10);

    /// <summary>Collects, and prints the table.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static async Task<string?> RunAsync(IAnsiConsole console, LocalSystem system, AttemptTally attempts, CancellationToken cancellationToken)
    {
        await WaitForLogsAsync(system, attempts, cancellationToken);
        if (await system.App!.RunTimerAsync("CollectBackendDistribution") is { } failure)
        {
            return failure;
        }

        using var client = new HttpClient { BaseAddress = system.App.Endpoint };
        JsonElement report = await client.GetFromJsonAsync<JsonElement>("api/BackendDistribution", cancellationToken);
        console.Write(Format(report));
        return Compare(report, system.Instances);
    }

    /// <summary>Keeps the chart of the last hour, which outlives the demo: the page needs nothing but itself.</summary>
    public static async Task SaveChartAsync(Uri app, string file, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = app };

        // A page whose range ends at a given time does not look for newer figures.
        DateTime now = DateTime.UtcNow;
        string page = await client.GetStringAsync(
            string.Create(CultureInfo.InvariantCulture, $"api/BackendDistribution/chart?from={now.AddHours(-1):s}Z&to={now:s}Z&bin=PT1M"), cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, page, cancellationToken);
    }

    /// <summary>Waits for the rows of what the instances have answered. Should they not come, the comparison tells.</summary>
    private static async Task WaitForLogsAsync(LocalSystem system, AttemptTally attempts, CancellationToken cancellationToken)
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

    private static Table Format(JsonElement report)
    {
        Dictionary<string, JsonElement> shares = report.GetProperty("priorityGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("backends").EnumerateArray().ToArray())
            .ToDictionary(share => share.GetProperty("backend").GetString()!);
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns("backend")
            .AddColumns(Right("calls"), Right("share"), Right("expected"), Right("throttled"), Right("retries"), Right("tokens"));
        foreach (JsonElement backend in report.GetProperty("backends").EnumerateArray())
        {
            string name = backend.GetProperty("backend").GetString()!;
            JsonElement figures = backend.GetProperty("figures");
            bool isConfigured = shares.TryGetValue(name, out JsonElement share);
            table.AddRow(
                name.Length > 0 ? name : "no backend",
                Text($"{figures.GetProperty("requests").GetInt64()}"),
                isConfigured && share.GetProperty("share") is { ValueKind: JsonValueKind.Number } observed ? Text($"{observed.GetDouble():P0}") : "",
                isConfigured ? Text($"{share.GetProperty("expectedShare").GetDouble():P0}") : "",
                Text($"{figures.GetProperty("throttled").GetInt64()}"),
                Text($"{figures.GetProperty("retries").GetInt64()}"),
                Text($"{Tokens(figures)}"));
        }

        return table;
    }

    private static string? Compare(JsonElement report, IReadOnlyList<ModelInstance> instances)
    {
        Dictionary<string, JsonElement> collected = report.GetProperty("backends").EnumerateArray()
            .ToDictionary(backend => backend.GetProperty("backend").GetString()!, backend => backend.GetProperty("figures"));
        foreach (ModelInstance instance in instances)
        {
            ModelCountersSnapshot counters = instance.Counters.Snapshot();
            JsonElement figures = collected[instance.Name];
            var own = (counters.Count(status: 200), counters.Count(status: 429), counters.PromptTokens + counters.CompletionTokens);
            var found = (figures.GetProperty("successes").GetInt64(), figures.GetProperty("throttled").GetInt64(), Tokens(figures));
            if (own != found)
            {
                return $"{instance.Name} has counted {own} answers, throttled calls and tokens, and {found} were collected";
            }
        }

        return null;
    }

    private static long Tokens(JsonElement figures) => figures.GetProperty("promptTokens").GetInt64() + figures.GetProperty("completionTokens").GetInt64();

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
