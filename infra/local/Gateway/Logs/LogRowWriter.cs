using System.Buffers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace ContosoSuites.Local.Gateway.Logs;

internal sealed class LogRowWriter(SqliteConnection connection, LogSettings settings) : IDisposable
{
    private readonly RowInsert _gatewayLog = new(connection, GatewayLogRow.Table.InsertSql);
    private readonly RowInsert _llmLog = new(connection, LlmLogRow.Table.InsertSql);

    /// <summary>Writes the rows of <paramref name="records"/> in one transaction, to be queried from <paramref name="ingestion"/> on.</summary>
    public void Write(IReadOnlyList<RequestRecord> records, DateTimeOffset ingestion)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var record in records)
        {
            Insert(_gatewayLog, GatewayLogRow.Table, new GatewayLogRow(record, settings), ingestion);
            if (record.Usage is { } usage)
            {
                Insert(_llmLog, LlmLogRow.Table, new LlmLogRow(record, usage, settings), ingestion);
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
}

/// <summary>
/// A prepared insert whose values are given one after the other. It speaks to SQLite directly: with a command and its
/// parameters, an insert takes several times as long and leaves garbage behind for every value.
/// </summary>
internal sealed class RowInsert : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;
    private byte[] _text = new byte[1024];
    private int _last;

    public RowInsert(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(sqlite3_prepare_v2(connection.Handle, sql, out _statement));
        _writer = new Utf8JsonWriter(_json);
    }

    /// <summary>Begins a row, whatever became of the one before.</summary>
    public void Begin() => _last = 0;

    public void Null() => Check(sqlite3_bind_null(_statement, ++_last));

    public void Number(long? value) =>
        Check(value is { } number ? sqlite3_bind_int64(_statement, ++_last, number) : sqlite3_bind_null(_statement, ++_last));

    public void Text(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Null();
            return;
        }

        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < length)
        {
            _text = new byte[length];
        }

        Check(sqlite3_bind_text(_statement, ++_last, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text))));
    }

    public void Id(Guid value)
    {
        value.TryFormat(_text, out var length);
        Check(sqlite3_bind_text(_statement, ++_last, _text.AsSpan(0, length)));
    }

    /// <summary>A dynamic value that <paramref name="write"/> makes of <paramref name="from"/>.</summary>
    public void Json<T>(T from, Action<T, Utf8JsonWriter> write)
    {
        _json.ResetWrittenCount();
        _writer.Reset();
        write(from, _writer);
        _writer.Flush();
        Check(sqlite3_bind_text(_statement, ++_last, _json.WrittenSpan));
    }

    /// <summary>Inserts the row, and is ready for the next one.</summary>
    public void Run()
    {
        var result = sqlite3_step(_statement);
        Check(sqlite3_reset(_statement));
        if (result != SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        }
    }

    public void Dispose()
    {
        _statement.Dispose();
        _writer.Dispose();
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
