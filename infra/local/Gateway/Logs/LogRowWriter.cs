using ContosoSuites.Local.Gateway.Logs.Messages;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>Makes rows of records.</summary>
internal sealed class LogRowWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly LogSettings _settings;
    private readonly RowInsert _gatewayLog;
    private readonly RowInsert _llmLog;

    public LogRowWriter(SqliteConnection connection, LogSettings settings)
    {
        _connection = connection;
        _settings = settings;
        _gatewayLog = new RowInsert(connection, GatewayLogRow.Table.InsertSql);
        _llmLog = new RowInsert(connection, LlmLogRow.Table.InsertSql);
    }

    /// <summary>Writes the rows of <paramref name="records"/> in one transaction, to be queried from <paramref name="ingestion"/> on.</summary>
    public void Write(IReadOnlyList<RequestRecord> records, DateTimeOffset ingestion)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var record in records)
        {
            if (!IsSampled(record))
            {
                continue;
            }

            Insert(_gatewayLog, GatewayLogRow.Table, new GatewayLogRow(record, _settings), ingestion);
            if (record.Usage is { } usage)
            {
                WriteCall(record, usage, ingestion);
            }
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _gatewayLog.Dispose();
        _llmLog.Dispose();
    }

    private static void Insert<TRow>(RowInsert insert, LogTable<TRow> table, TRow row, DateTimeOffset ingestion)
    {
        insert.Begin();
        foreach (var column in table.Columns)
        {
            column.Bind(row, insert);
        }

        insert.Number(ingestion.UtcTicks);
        insert.Run();
    }

    private void WriteCall(RequestRecord record, LlmUsage usage, DateTimeOffset ingestion)
    {
        if (record.Bodies is not { } bodies)
        {
            Insert(_llmLog, LlmLogRow.Table, new LlmLogRow(record, usage, 0, [], [], _settings), ingestion);
            return;
        }

        var requests = MessageChunks.Split(MessageReader.ReadRequest(bodies.Request));
        var responses = MessageChunks.Split(MessageReader.ReadResponse(bodies.Response, bodies.ResponseCodings, usage.IsStream));
        for (var i = 0; i == 0 || i < Math.Max(requests.Count, responses.Count); i++)
        {
            var request = i < requests.Count ? requests[i] : [];
            var response = i < responses.Count ? responses[i] : [];
            Insert(_llmLog, LlmLogRow.Table, new LlmLogRow(record, usage, i, request, response, _settings), ingestion);
        }
    }

    // Errors are logged always, as the diagnostics' alwaysLog says. The id is random, so a part of it decides fairly.
    private bool IsSampled(RequestRecord record) =>
        _settings.SamplingPercentage >= 100
        || record.ResponseCode >= StatusCodes.Status400BadRequest
        || record.LastErrorReason is not null
        || (uint)record.RequestId.GetHashCode() % 100 < _settings.SamplingPercentage;
}
