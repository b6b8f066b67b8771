using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>
/// The query of infra/queries/backend-distribution.kql, embedded in this assembly. The API has no parameters for a query's
/// text, so the values of a window take the place of the defaults in the lines between the query's two marks.
/// </summary>
internal sealed class DistributionQuery
{
    private const string ParametersBegin = "// parameters\n";
    private const string ParametersEnd = "// end of parameters\n";

    private readonly string _head;
    private readonly string[] _parameters;
    private readonly string _tail;
    private readonly string _backends;

    /// <summary>The query for these backends.</summary>
    /// <param name="text">The file.</param>
    /// <param name="configuration">The backends.</param>
    public DistributionQuery(string text, BackendConfiguration configuration)
    {
        text = text.ReplaceLineEndings("\n");
        int begin = text.IndexOf(ParametersBegin, StringComparison.Ordinal);
        int end = text.IndexOf(ParametersEnd, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException("infra/queries/backend-distribution.kql has no marks around its parameters.");
        }

        begin += ParametersBegin.Length;
        _head = text[..begin];
        _parameters = text[begin..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _tail = text[end..];
        _backends = JsonSerializer.Serialize(configuration.Backends.Select(backend => new { name = backend.Name, region = backend.Region, host = backend.Host }));
    }

    /// <summary>Reads the embedded file.</summary>
    public static DistributionQuery Load(BackendConfiguration configuration)
    {
        using Stream stream = typeof(DistributionQuery).Assembly.GetManifestResourceStream("Queries/backend-distribution.kql")
            ?? throw new InvalidOperationException("The app was built without infra/queries/backend-distribution.kql.");
        using var reader = new StreamReader(stream);
        return new DistributionQuery(reader.ReadToEnd(), configuration);
    }

    /// <summary>The text for a window.</summary>
    public string For(DateTimeOffset from, DateTimeOffset to)
    {
        var values = new Dictionary<string, string>
        {
            ["window_from"] = Moment(from),
            ["window_to"] = Moment(to),
            ["bin_size"] = string.Create(CultureInfo.InvariantCulture, $"{IDistributionStore.BinSize.TotalMinutes}m"),
            ["backends"] = $"dynamic({_backends})",
        };
        IEnumerable<string> lines = _parameters.Select(line => values.Remove(NameIn(line), out string? value) ? $"let {NameIn(line)} = {value};" : line);
        string text = $"{_head}{string.Join('\n', lines)}\n{_tail}";
        return values.Count == 0
            ? text
            : throw new InvalidOperationException($"infra/queries/backend-distribution.kql lacks the parameters {string.Join(", ", values.Keys)}.");
    }

    private static string NameIn(string line) =>
        line.StartsWith("let ", StringComparison.Ordinal) && line.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals ? line[4..equals].Trim() : "";

    private static string Moment(DateTimeOffset time) => $"datetime({time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)})";
}
