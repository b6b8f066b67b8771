using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ContosoSuites.Local.Logs;

/// <summary>The queries that can be answered here: those of infra/queries.</summary>
internal static class LogQueries
{
    /// <summary>What a connection needs before it can run one.</summary>
    public static string Views { get; } = Read("views.sql");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LogQuery> All { get; } =
    [
        Load("backend-distribution"),
        Load("failure-analysis"),
        Load("retries-and-failovers"),
        Load("tokens-by-caller"),
    ];

    /// <summary>The query that <paramref name="text"/> is, whatever its parameters.</summary>
    public static bool TryFind(QueryText text, [NotNullWhen(true)] out LogQuery? query)
    {
        query = All.FirstOrDefault(candidate => candidate.Text.Body == text.Body);
        return query is not null;
    }

    /// <summary>The KQL of a file, as it stands there.</summary>
    public static string Kql(string name) => Read(name + ".kql");

    private static LogQuery Load(string name) => QueryText.TryParse(Kql(name), out var text)
        ? new LogQuery(name, text, Read(name + ".sql"))
        : throw new InvalidOperationException($"{name}.kql has no block of parameters.");

    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("queries/" + file)
            ?? throw new InvalidOperationException($"There is no resource {file}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
