namespace ContosoSuites.Bench.Reporting;

/// <summary>
/// The figures in a document: those of each benchmark in a block of its own, as its last run has measured them, and in one more
/// block, of all of them, what is not met.
/// </summary>
internal static class FigureBlocks
{
    private const string NotMet = "what is not met";
    private const string End = "<!-- end -->";

    /// <summary>Writes what a benchmark has measured into its block, what is not met first.</summary>
    /// <exception cref="InvalidDataException">The document has no block for it.</exception>
    public static void Write(string file, string benchmark, Machine machine, IReadOnlyList<Aim> results)
    {
        string document = File.ReadAllText(file);
        string figures = string.Join('\n', [machine.ToString(), "", .. Report.Rows(results.OrderBy(result => result.Met != false))]);
        document = Replace(document, NameOf(benchmark), figures);

        // Emptied first, so that only the blocks of the benchmarks are looked at.
        document = Replace(document, NotMet, "");
        string[] rows = [.. document.Split('\n').Where(line => line.StartsWith('|') && line.EndsWith("| no |", StringComparison.Ordinal))];
        File.WriteAllText(file, Replace(document, NotMet, rows.Length == 0 ? "All is met." : string.Join('\n', [.. Report.Head, .. rows])));
    }

    /// <summary>The name of a benchmark's block.</summary>
    public static string NameOf(string benchmark) => $"figures of {benchmark}";

    private static string Replace(string document, string block, string text)
    {
        string begin = $"<!-- {block}: written by ./dev bench -->\n";
        int start = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = start < begin.Length ? -1 : document.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidDataException($"The document has no place for the {block}: it needs the lines {begin.Trim()} and {End}.")
            : string.Concat(document.AsSpan(0, start), $"\n{text}\n\n", document.AsSpan(end));
    }
}
