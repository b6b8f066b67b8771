using System.Globalization;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>What came of many calls: who served them, and why the others failed.</summary>
internal sealed class TrafficTally
{
    private readonly Dictionary<string, int> _modelCalls = [];
    private readonly Dictionary<(int? Status, string Problem), int> _failures = [];

    /// <summary>The calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Those of them that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Whether a call failed for want of tokens.</summary>
    public bool HasMetTokenLimit => _failures.Keys.Any(failure => failure.Status == 429 && failure.Problem.Contains("token limit", StringComparison.Ordinal));

    /// <summary>Adds a call.</summary>
    public void Add(TrafficCall call)
    {
        Calls++;
        foreach (string region in call.Regions)
        {
            _modelCalls[region] = _modelCalls.GetValueOrDefault(region) + 1;
        }

        if (call.Problem is { } problem)
        {
            Failed++;
            _failures[(call.Status, problem)] = _failures.GetValueOrDefault((call.Status, problem)) + 1;
        }
    }

    /// <summary>A row a region; a call of the copilot makes several model calls, and each counts.</summary>
    public Table FormatRegions()
    {
        double all = _modelCalls.Values.Sum();
        Table table = NewTable("region", "model calls", "share");
        foreach ((string region, int calls) in _modelCalls.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            table.AddRow(new Text(region), Right($"{calls}"), Right($"{calls / all:P1}"));
        }

        return table;
    }

    /// <summary>A row for every way in which calls failed; null when none did.</summary>
    public Table? FormatFailures()
    {
        if (Failed == 0)
        {
            return null;
        }

        Table table = NewTable("failed", "status", "calls");
        foreach (((int? status, string problem), int calls) in _failures.OrderByDescending(entry => entry.Value))
        {
            table.AddRow(new Text(problem), status is null ? new Text("-") : Right($"{status}"), Right($"{calls}"));
        }

        return table;
    }

    private static Table NewTable(string first, params string[] others) => new Table().Border(TableBorder.Rounded)
        .AddColumn(first)
        .AddColumns([.. others.Select(name => new TableColumn(name).RightAligned())]);

    private static Text Right(FormattableString text) => new Text(text.ToString(CultureInfo.InvariantCulture)).RightJustified();
}
