using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace ContosoSuites.Local.Gateway.Logs;

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

    public void Number(long? value)
    {
        if (value is { } number)
        {
            Check(sqlite3_bind_int64(_statement, ++_last, number));
        }
        else
        {
            Null();
        }
    }

    public void Flag(bool value) => Number(value ? 1 : 0);

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

    /// <summary>The text of a value that can write itself.</summary>
    public void Formatted<T>(T value)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(_text, out var length, default, CultureInfo.InvariantCulture))
        {
            throw new ArgumentException($"The text of a {typeof(T).Name} is longer than {_text.Length} bytes.", nameof(value));
        }

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
