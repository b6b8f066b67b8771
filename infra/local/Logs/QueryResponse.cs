using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Logs;

/// <summary>Writes a result as Log Analytics does, row by row while it is read.</summary>
internal static class QueryResponse
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private const int FlushSize = 64 * 1024;

    public static async Task WriteAsync(HttpResponse response, LogQueryReader reader, int maxRows, CancellationToken cancellationToken)
    {
        // The first row takes the longest; what goes wrong before it can still be answered.
        var any = await Task.Run(reader.Read, cancellationToken);

        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        BeginTable(json, reader.Columns);
        var rows = 0;
        for (; any && rows < maxRows; any = reader.Read(), rows++)
        {
            WriteRow(json, reader);
            if (json.BytesPending > FlushSize)
            {
                await json.FlushAsync(cancellationToken);
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }

        EndTable(json);
        if (any)
        {
            WriteLimitExceeded(json, maxRows);
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void BeginTable(Utf8JsonWriter json, IReadOnlyList<ResultColumn> columns)
    {
        json.WriteStartObject();
        json.WriteStartArray("tables"u8);
        json.WriteStartObject();
        json.WriteString("name"u8, "PrimaryResult"u8);
        json.WriteStartArray("columns"u8);
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, column.Name);
            json.WriteString("type"u8, column.TypeName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows"u8);
    }

    private static void EndTable(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, LogQueryReader reader)
    {
        json.WriteStartArray();
        for (var i = 0; i < reader.Columns.Count; i++)
        {
            if (reader.Row.IsDBNull(i))
            {
                json.WriteNullValue();
            }
            else
            {
                WriteValue(json, reader.Row, i, reader.Columns[i].Type);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, SqliteDataReader row, int i, LogType type)
    {
        switch (type)
        {
            case LogType.DateTime:
                json.WriteStringValue(new DateTime(row.GetInt64(i), DateTimeKind.Utc).ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case LogType.Int or LogType.Long:
                json.WriteNumberValue(row.GetInt64(i));
                break;
            case LogType.Real:
                json.WriteNumberValue(row.GetDouble(i));
                break;
            case LogType.Bool:
                json.WriteBooleanValue(row.GetBoolean(i));
                break;
            default:
                // A dynamic value goes as the text of its JSON.
                json.WriteStringValue(row.GetString(i));
                break;
        }
    }

    // The rows that there was room for, and an error beside them.
    private static void WriteLimitExceeded(Utf8JsonWriter json, int maxRows)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, "PartialError"u8);
        json.WriteString("message"u8, "There were some errors when processing your query."u8);
        json.WriteStartArray("details"u8);
        json.WriteStartObject();
        json.WriteString("code"u8, "EngineError"u8);
        json.WriteString("message"u8, "Something went wrong processing your query on the server."u8);
        json.WriteStartObject("innererror"u8);
        json.WriteString("code"u8, "-2133196797"u8);
        json.WriteString(
            "message"u8,
            $"The results of this query exceed the set limit of {maxRows} records, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).");
        json.WriteNumber("severity"u8, 2);
        json.WriteString("severityName"u8, "Error"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
