using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Logs;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>A log file whose rows a test writes by hand. Times are given as hh:mm:ss of one day.</summary>
internal sealed class LogWorkspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logs-");
    private readonly SqliteConnection _connection;

    public LogWorkspace()
    {
        File = Path.Combine(_folder.FullName, "logs.db");
        _connection = LogDatabase.OpenForWriting(File);
    }

    public string File { get; }

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-03-01T{time}Z", CultureInfo.InvariantCulture);

    /// <summary>A row of ApiManagementGatewayLogs; its host and code are those of the last of <paramref name="attempts"/>, a line each as the policy traces them.</summary>
    public LogWorkspace Request(
        string id, string time, int code, string[]? attempts = null, string function = "Chat", string deployment = "gpt-5.4-mini", string backend = "", string url = "",
        int? backendCode = null, long backendTime = 0, long total = 100, string reason = "", string subscription = "local", string caller = "127.0.0.1",
        string api = "azure-openai", string operation = "chat-completions", string? ingested = null)
    {
        object[] traces = attempts is null ? [] : [new { source = "backend-attempt", severity = "information", message = string.Join('|', attempts) }];
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
            ["RequestHeaders"] = function.Length == 0 ? "{}" : JsonSerializer.Serialize(new Dictionary<string, string> { ["x-contoso-function"] = function }),
            ["LastErrorReason"] = reason,
            ["TraceRecords"] = JsonSerializer.Serialize(traces),
            ["Region"] = "local",
        });
    }

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
    /// Runs a query over 12:00 to 13:00 in bins of 5 minutes; each row as text, a value after the other. The backends are
    /// a in the region north, at host a.example, and b in south, at b.example:8443.
    /// </summary>
    public IReadOnlyList<string> Query(string name, string now = "23:00:00", string from = "12:00:00", string to = "13:00:00", string? backends = null)
    {
        var query = LogQueries.All.Single(query => query.Name == name);
        var values = new Dictionary<string, object>
        {
            ["window_from"] = At(from).UtcTicks,
            ["window_to"] = At(to).UtcTicks,
            ["bin_size"] = TimeSpan.FromMinutes(5).Ticks,
            ["api_id"] = "azure-openai",
            ["backends"] = backends ?? """[{"name":"a","region":"north","host":"a.example"},{"name":"b","region":"south","host":"b.example:8443"}]""",
        };
        using var reader = LogQueryReader.Start(
            File, query, values.Where(value => query.Text.Parameters.ContainsKey(value.Key)).ToDictionary(), At(now), CancellationToken.None);
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', reader.Columns.Select((column, i) => Text(reader.Row, i, column.Type))));
        }

        return rows;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(SqliteDataReader row, int i, LogType type) =>
        row.IsDBNull(i) ? "null"
        : type == LogType.DateTime ? new DateTime(row.GetInt64(i)).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : row.GetValue(i) is string text ? $"'{text}'"
        : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture)!;

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
