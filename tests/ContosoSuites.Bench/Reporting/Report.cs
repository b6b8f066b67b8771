using System.Text.Json;
using Spectre.Console;

namespace ContosoSuites.Bench.Reporting;

/// <summary>Prints the results and keeps them, and what they were measured on, as Markdown and JSON below artifacts/.</summary>
internal static class Report
{
    private static readonly string[] Columns = ["Figure", "Value", "Peer or limit", "Ratio", "Aim", "Met"];

    /// <summary>The head of a table in Markdown.</summary>
    public static IReadOnlyList<string> Head { get; } = [Line(Columns), Line(Columns.Select(_ => "---"))];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes <c>NAME.md</c> and <c>NAME.json</c>.</summary>
    public static void Write(Machine machine, IReadOnlyList<Aim> results, string directory, string name)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(Columns);
        foreach (string[] row in results.Select(Cells))
        {
            table.AddRow(row.Select(Markup.Escape).ToArray());
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(machine.ToString());

        Directory.CreateDirectory(directory);
        File.WriteAllLines(Path.Combine(directory, $"{name}.md"), [machine.ToString(), "", .. Rows(results)]);
        File.WriteAllText(Path.Combine(directory, $"{name}.json"), JsonSerializer.Serialize(new { machine, results }, Json));
        AnsiConsole.WriteLine($"Written to {directory}/{name}.md and {name}.json.");
    }

    /// <summary>The results as a table in Markdown, a line a row.</summary>
    public static IEnumerable<string> Rows(IEnumerable<Aim> results) => [.. Head, .. results.Select(result => Line(Cells(result)))];

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string[] Cells(Aim aim) =>
        [aim.Figure, aim.Value, aim.Peer, aim.Ratio, aim.Target, aim.Met switch { true => "yes", false => "no", null => "" }];
}
