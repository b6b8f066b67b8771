using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Logs;
using ContosoSuites.Tests.Node;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>A log file whose rows a test writes by hand. Times are given as hh:mm:ss of one day.</summary>
internal sealed class LogWorkspace : IDisposable
{
    private const string Backends = """[{"name":"a","region":"north","host":"a.example"},{"name":"b","region":"south","host":"b.example:8443"}]""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logs-");
    private readonly SqliteConnection _connection;

    public LogWorkspace()
    {
        File = Path.Combine(_folder.FullName, "logs.db");
        _connection = LogDatabase.OpenForWriting(File);
    }

    public string File { get; }

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-03-01T{time}Z", CultureInfo.InvariantCulture);

    /// <summary>
    /// A row of ApiManagementGatewayLogs. Its trace has the <paramref name="attempts"/>, a line each as the policy writes them, or
    /// <paramref name="traces"/> are all that TraceRecords says; null for nothing.
    /// </summary>
    public LogWorkspace Request(
        string id, string time, int code, string[]? attempts = null, string function = "Chat", string deployment = "gpt-5.4-mini", string backend = "", string url = "",
        int? backendCode = null, long backendTime = 0, long total = 100, string reason = "", string subscription = "local", string caller = "127.0.0.1",
        string api = "azure-openai", string operation = "chat-completions", string? ingested = null, string? traces = "[]", string? headers = null)
    {
        return Insert(GatewayLogRow.Table.Name, ingested ?? time, new()
        {
            ["TimeGenerated"] = At(time).UtcTicks,
            ["CorrelationId"] = id,
            ["ApiId"] = api,
            ["OperationId"] = operation,
            ["Method"] = "POST",
            ["Url"] = $"http://localhost:7080/openai/deployments/{deployment}/chat/completions?api-version=1",
            ["ResponseCode"] = code,
            ["TotalTime"] = total,
            ["BackendId"] = backend,
            ["BackendUrl"] = url,
            ["BackendResponseCode"] = backendCode,
            ["BackendTime"] = backendTime,
            ["CallerIpAddress"] = caller,
            ["ApimSubscriptionId"] = subscription,
            ["RequestHeaders"] = headers is not null ? headers : function.Length == 0 ? "{}" : JsonSerializer.Serialize(new Dictionary<string, string> { ["x-contoso-function"] = function }),
            ["LastErrorReason"] = reason,
            ["TraceRecords"] = attempts is null ? traces : Traces(string.Join('|', attempts)),
            ["Region"] = "local",
        });
    }

    /// <summary>What TraceRecords says when the policy has traced these messages.</summary>
    public static string Traces(params string[] messages) =>
        JsonSerializer.Serialize(messages.Select(message => new { source = "backend-attempt", severity = "information", message }));

    /// <summary>A row of ApiManagementGatewayLlmLog.</summary>
    public LogWorkspace Tokens(string id, string time, int? prompt, int? completion, int sequence = 0, string? ingested = null) =>
        Insert(LlmLogRow.Table.Name, ingested ?? time, new()
        {
            ["TimeGenerated"] = At(time).UtcTicks,
            ["CorrelationId"] = id,
            ["DeploymentName"] = "gpt-5.4-mini",
            ["ModelName"] = "gpt-5.4-mini",
            ["PromptTokens"] = prompt,
            ["CompletionTokens"] = completion,
            ["TotalTokens"] = prompt + completion,
            ["IsStreamCompletion"] = 0,
            ["SequenceNumber"] = sequence,
            ["RequestMessages"] = null,
            ["ResponseMessages"] = null,
            ["Region"] = "local",
        });

    /// <summary>
    /// Runs a query over 12:00 to 13:00 in bins of 5 minutes, its KQL as Kusto would and the SQL that stands for it, which have to
    /// answer the same; each row as text, a value after the other. The backends are a in the region north, at host a.example, and b
    /// in south, at b.example:8443.
    /// </summary>
    public async Task<IReadOnlyList<string>> QueryAsync(
        KustoEngine kusto, string name, string now = "23:00:00", string from = "12:00:00", string to = "13:00:00", string? backends = null, string prices = "{}")
    {
        var text = WithParameters(LogQueries.Kql(name), new()
        {
            ["window_from"] = string.Create(CultureInfo.InvariantCulture, $"datetime({At(from):yyyy-MM-dd'T'HH:mm:ss'Z'})"),
            ["window_to"] = string.Create(CultureInfo.InvariantCulture, $"datetime({At(to):yyyy-MM-dd'T'HH:mm:ss'Z'})"),
            ["bin_size"] = "5m",
            ["backends"] = $"dynamic({backends ?? Backends})",
            ["prices"] = $"dynamic({prices})",
        });
        var local = RunLocally(text, At(now));
        Assert.Equal(await RunAsync(kusto, text, At(now)), local);
        return local;
    }

    /// <summary>Runs the KQL of any query as Kusto would, on what has arrived.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(KustoEngine kusto, string text, DateTimeOffset now)
    {
        var tables = new Dictionary<string, IReadOnlyList<object?[]>>
        {
            [GatewayLogRow.Table.Name] = Rows(GatewayLogRow.Table, now),
            [LlmLogRow.Table.Name] = Rows(LlmLogRow.Table, now),
        };
        var answer = await kusto.RunAsync(text, tables, now, TestContext.Current.CancellationToken);
        Assert.True(answer.Rows is not null, answer.Error);
        ResultColumn[] columns = [.. answer.Columns.Select(ResultColumn.Parse)];
        return [.. answer.Rows.Select(row => string.Join(' ', row.Zip(columns, (cell, column) => Text(Value(cell, column.Type), column.Type))))];
    }

    /// <summary>A query with other values for those of its parameters that have one.</summary>
    public static string WithParameters(string text, Dictionary<string, string> values) => string.Join('\n', text.Split('\n').Select(line =>
        values.FirstOrDefault(value => line.StartsWith($"let {value.Key} = ", StringComparison.Ordinal)) is { Key: { } name, Value: var value } ? $"let {name} = {value};" : line));

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Delete(recursive: true);
    }

    private static object? Value(JsonElement cell, LogType type) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => cell.GetBoolean(),
        JsonValueKind.Number when type == LogType.Real => cell.GetDouble(),
        JsonValueKind.Number => cell.GetInt64(),
        _ when type == LogType.DateTime => long.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
        _ => cell.GetString(),
    };

    private static string Text(object? value, LogType type) =>
        value is null ? "null"
        : type == LogType.DateTime ? new DateTime((long)value).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
        : value is string text ? $"'{text}'"
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private List<string> RunLocally(string text, DateTimeOffset now)
    {
        var parsed = QueryText.Parse(text);
        Assert.NotNull(parsed);
        var query = LogQueries.Find(parsed);
        Assert.NotNull(query);
        using var reader = LogQueryReader.Start(File, query, QueryParameters.Read(parsed, query, timespan: null, now), now, CancellationToken.None);
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', reader.Columns.Select((column, i) => Text(reader.Row.IsDBNull(i) ? null : reader.Row.GetValue(i), column.Type))));
        }

        return rows;
    }

    private List<object?[]> Rows<TRow>(LogTable<TRow> table, DateTimeOffset now)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Name} WHERE {LogTable<TRow>.IngestionTime} <= @now";
        command.Parameters.AddWithValue("@now", now.UtcTicks);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            // Ticks as text: they are more than a number of JavaScript holds.
            rows.Add([.. table.Columns.Select((column, i) => reader.IsDBNull(i) ? null : column.Type == LogType.DateTime ? reader.GetString(i) : reader.GetValue(i))]);
        }

        return rows;
    }

    private LogWorkspace Insert(string table, string ingested, Dictionary<string, object?> row)
    {
        row[LogTable<object>.IngestionTime] = At(ingested).UtcTicks;
        using var command = _connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Keys.Select(name => "@" + name))})";
        foreach (var (name, value) in row)
        {
            command.Parameters.AddWithValue("@" + name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
        return this;
    }
}
