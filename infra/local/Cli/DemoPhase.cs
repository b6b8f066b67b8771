using System.Globalization;
using ContosoSuites.Local.Models;
using Spectre.Console;

namespace ContosoSuites.Local.Cli;

/// <summary>One phase of the demo: what every instance had done before it, against what it had done after.</summary>
internal sealed class DemoPhase
{
    private readonly IReadOnlyList<ModelInstance> _instances;
    private readonly AttemptTally _attempts;
    private readonly List<Count> _before;

    /// <summary>Begins a phase now.</summary>
    public DemoPhase(IReadOnlyList<ModelInstance> instances, AttemptTally attempts)
    {
        _instances = instances;
        _attempts = attempts;
        _before = Read();
    }

    /// <summary>What happened since the phase began, an entry an instance.</summary>
    public IReadOnlyList<Row> End()
    {
        List<Count> now = Read();
        List<Count> delta = [.. now.Zip(_before, (after, before) => new Count(after.Calls - before.Calls, after.Failed - before.Failed, after.Tokens - before.Tokens))];
        long calls = delta.Sum(d => d.Calls);
        return
        [
            .. _instances.Zip(delta, (instance, d) =>
                new Row(instance.Name, instance.Region, d.Calls, calls == 0 ? 0 : (double)d.Calls / calls, d.Failed, d.Tokens)),
        ];
    }

    /// <summary>The table of a phase.</summary>
    public static Table Format(IReadOnlyList<Row> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns("instance", "region")
            .AddColumns(Right("calls"), Right("share"), Right("retries"), Right("tokens"));
        foreach (Row row in rows)
        {
            table.AddRow(
                row.Instance,
                row.Region,
                Text($"{row.Calls}"),
                Text($"{row.Share:P0}"),
                Text($"{row.Retries}"),
                Text($"{row.Tokens}"));
        }

        return table;
    }

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private List<Count> Read() =>
    [
        .. _instances.Select(instance =>
        {
            ModelCountersSnapshot counters = instance.Counters.Snapshot();
            return new Count(counters.Count(status: 200), _attempts.FailedAt(instance.Name), counters.PromptTokens + counters.CompletionTokens);
        }),
    ];

    /// <summary>An instance's part in a phase.</summary>
    /// <param name="Instance">Its name.</param>
    /// <param name="Region">Its region.</param>
    /// <param name="Calls">The calls that it served.</param>
    /// <param name="Share">Those, of all that were served.</param>
    /// <param name="Retries">The calls that it failed and another instance made good.</param>
    /// <param name="Tokens">The tokens that it gave out.</param>
    internal sealed record Row(string Instance, string Region, long Calls, double Share, int Retries, long Tokens);

    private sealed record Count(long Calls, int Failed, long Tokens);
}
