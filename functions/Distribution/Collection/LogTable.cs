using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>The table in an answer of the query API. Cells are found by the names of their columns.</summary>
internal sealed class LogTable
{
    private readonly Dictionary<string, int> _columns;

    private LogTable(Dictionary<string, int> columns, JsonElement rows, string? partialReason)
    {
        _columns = columns;
        Rows = rows;
        PartialReason = partialReason;
    }

    /// <summary>An array of rows, which are arrays of cells.</summary>
    public JsonElement Rows { get; }

    /// <summary>Why rows are missing; null when the answer is complete.</summary>
    public string? PartialReason { get; }

    /// <summary>Reads an answer with status 200.</summary>
    /// <exception cref="LogQueryException">It is no such answer.</exception>
    public static LogTable Read(JsonElement answer)
    {
        try
        {
            JsonElement table = answer.GetProperty("tables").EnumerateArray().First();
            var columns = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (JsonElement column in table.GetProperty("columns").EnumerateArray())
            {
                columns.Add(column.GetProperty("name").GetString()!, columns.Count);
            }

            JsonElement rows = table.GetProperty("rows");
            return rows.ValueKind is JsonValueKind.Array
                ? new LogTable(columns, rows, answer.TryGetProperty("error", out JsonElement error) ? LogQueryErrors.Describe(error) : null)
                : throw LogQueryErrors.Unreadable("its rows are no list");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw LogQueryErrors.Unreadable("it holds no table", e);
        }
    }

    /// <summary>A text; empty where there is none.</summary>
    public string Text(JsonElement row, string column) => Cell(row, column).GetString() ?? "";

    /// <summary>A point in time.</summary>
    public DateTimeOffset Time(JsonElement row, string column) => Cell(row, column).GetDateTimeOffset();

    /// <summary>A whole number; 0 where there is none.</summary>
    public long WholeNumber(JsonElement row, string column) => Cell(row, column) is { ValueKind: not JsonValueKind.Null } cell ? cell.GetInt64() : 0;

    /// <summary>A number; 0 where there is none, and for what is no number.</summary>
    public double Number(JsonElement row, string column) => Cell(row, column) switch
    {
        { ValueKind: JsonValueKind.Null } => 0,
        { ValueKind: JsonValueKind.String } text => double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : 0,
        JsonElement cell => cell.GetDouble(),
    };

    /// <summary>A bag. The API writes dynamic cells as JSON in a text.</summary>
    /// <typeparam name="T">What is in it.</typeparam>
    public Dictionary<string, T> Bag<T>(JsonElement row, string column) =>
        Text(row, column) is { Length: > 0 } json ? JsonSerializer.Deserialize<Dictionary<string, T>>(json) ?? [] : [];

    private JsonElement Cell(JsonElement row, string column) =>
        _columns.TryGetValue(column, out int index) ? row[index] : throw LogQueryErrors.Unreadable($"it has no column {column}");
}
