using ContosoSuites.Local.Gateway.Logs;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContosoSuites.Local.Logs;

/// <summary>A query that runs: its columns, and its rows one after the other, so that a large result needs no memory.</summary>
internal sealed class LogQueryReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly SqliteDataReader _reader;

    private LogQueryReader(SqliteConnection connection, SqliteCommand command, CancellationTokenRegistration interrupt)
    {
        _connection = connection;
        _command = command;
        _interrupt = interrupt;
        _reader = command.ExecuteReader();
        Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => ResultColumn.Parse(_reader.GetName(i)))];
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>The present row.</summary>
    public SqliteDataReader Row => _reader;

    /// <summary>Starts a query on the rows that can be seen at <paramref name="now"/>. It takes as long as the first row takes.</summary>
    /// <exception cref="FormatException">A parameter is missing, or is no value that is read here.</exception>
    /// <exception cref="SqliteException">The file can not be read; interrupted, when <paramref name="cancellationToken"/> was.</exception>
    public static LogQueryReader Start(string file, LogQuery query, IReadOnlyDictionary<string, object> parameters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var connection = LogDatabase.OpenForReading(file, LogQueries.Views);
        var command = connection.CreateCommand();
        command.CommandText = query.Sql;
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("@now", now.UtcTicks);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue("@" + name, value);
        }

        var interrupt = cancellationToken.UnsafeRegister(static handle => sqlite3_interrupt((SQLitePCL.sqlite3)handle!), connection.Handle);
        try
        {
            return new LogQueryReader(connection, command, interrupt);
        }
        catch
        {
            interrupt.Dispose();
            command.Dispose();
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Read() => _reader.Read();

    public void Dispose()
    {
        _interrupt.Dispose();
        _reader.Dispose();
        _command.Dispose();
        _connection.Dispose();
    }
}
