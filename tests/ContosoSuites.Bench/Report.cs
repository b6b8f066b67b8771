using System.Text.Json;
using Spectre.Console;

namespace ContosoSuites.Bench;

/// <summary>Prints the results and keeps them as Markdown and JSON below artifacts/.</summary>
internal static class Report
{
    private static readonly string[] Columns = ["Figure", "Value", "Peer or limit", "Ratio", "Aim", "Met"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(IReadOnlyList<Aim> results, string directory)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(Columns);
        foreach (string[] row in results.Select(Cells))
        {
            table.AddRow(row.Select(Markup.Escape).ToArray());
        }

        AnsiConsole.Write(table);

        IEnumerable<string[]> rows = [Columns, [.. Columns.Select(_ => "---")], .. results.Select(Cells)];
        Directory.CreateDirectory(directory);
        File.WriteAllLines(Path.Combine(directory, "bench.md"), rows.Select(row => $"| {string.Join(" | ", row)} |"));
        File.WriteAllText(Path.Combine(directory, "bench.json"), JsonSerializer.Serialize(results, Json));
        AnsiConsole.WriteLine($"Written to {directory}/bench.md and bench.json.");
    }

    private static string[] Cells(Aim aim) =>
        [aim.Figure, aim.Value, aim.Peer, aim.Ratio, aim.Target, aim.Met switch { true => "yes", false => "no", null => "" }];
}
