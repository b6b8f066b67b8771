using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Logs;

/// <summary>
/// The text of a query, taken apart: the values of its parameters, which stand one a line between two marks, and what comes
/// after them. What comes before is a comment.
/// </summary>
/// <param name="Parameters">The parameters, as they are written.</param>
/// <param name="Body">The query proper, without the differences that copying makes.</param>
internal sealed record QueryText(IReadOnlyDictionary<string, string> Parameters, string Body)
{
    private const string Begin = "// parameters";
    private const string End = "// end of parameters";

    /// <summary>Takes a text apart; false for one without the marks, or with something else than parameters between them.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out QueryText? query)
    {
        query = null;
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).ToList();
        var begin = lines.IndexOf(Begin);
        var end = lines.IndexOf(End);
        if (begin < 0 || end < begin)
        {
            return false;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines[(begin + 1)..end].Where(line => line.Length > 0))
        {
            if (!line.StartsWith("let ", StringComparison.Ordinal)
                || !line.EndsWith(';')
                || line.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals)
                || !parameters.TryAdd(line[4..equals].Trim(), line[(equals + 1)..^1].Trim()))
            {
                return false;
            }
        }

        query = new QueryText(parameters, string.Join('\n', lines[(end + 1)..].Where(line => line.Length > 0)));
        return true;
    }
}
