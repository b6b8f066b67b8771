using System.Reflection;

namespace ContosoSuites.Local.Logs;

/// <summary>The queries that can be answered here: those of infra/queries.</summary>
internal static class LogQueries
{
    /// <summary>What a connection needs before it can run one.</summary>
    public static string Views { get; } = Read("views.sql");

    public static IReadOnlyList<LogQuery> All { get; } =
        [Load("backend-distribution"), Load("failure-analysis"), Load("retries-and-failovers"), Load("tokens-by-caller")];

    /// <summary>The query that <paramref name="text"/> is, whatever its parameters; null when it is none of them.</summary>
    public static LogQuery? Find(QueryText text) => All.FirstOrDefault(candidate => candidate.Text.Body == text.Body);

    public static string Kql(string name) => Read(name + ".kql");

    private static LogQuery Load(string name) => QueryText.Parse(Kql(name)) is { } text
        ? new LogQuery(name, text, Read(name + ".sql"))
        : throw new InvalidOperationException($"{name}.kql has no block of parameters.");

    private static string Read(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("queries/" + file)!);
        return reader.ReadToEnd();
    }
}

/// <summary>A query of infra/queries: its KQL, as it is deployed, and the SQL that stands for it. A column's name and Kusto type are its alias there: <c>Requests:long</c>.</summary>
internal sealed record LogQuery(string Name, QueryText Text, string Sql);

/// <summary>
/// The text of a query, taken apart: the values of its parameters, which stand one a line between two marks, and what comes
/// after them. What comes before is a comment.
/// </summary>
internal sealed record QueryText(IReadOnlyDictionary<string, string> Parameters, string Body)
{
    private const string Begin = "// parameters";
    private const string End = "// end of parameters";

    /// <summary>Takes a text apart; null for one without the marks, or with something else than parameters between them.</summary>
    public static QueryText? Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        var begin = lines.IndexOf(Begin);
        var end = lines.IndexOf(End);
        if (begin < 0 || end < begin)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines[(begin + 1)..end])
        {
            if (!line.StartsWith("let ", StringComparison.Ordinal)
                || !line.EndsWith(';')
                || line.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals)
                || !parameters.TryAdd(line[4..equals].Trim(), line[(equals + 1)..^1].Trim()))
            {
                return null;
            }
        }

        return new QueryText(parameters, string.Join('\n', lines[(end + 1)..]));
    }
}
