using ContosoSuites.Local.Gateway.Logs;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContosoSuites.Local.Logs;

/// <summary>A query that runs: its columns, and its rows one after the other.</summary>
internal sealed class LogQueryReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly SqliteDataReader _reader;

    private LogQueryReader(SqliteConnection connection, SqliteCommand command, CancellationTokenRegistration interrupt)
    {
        _connection = connection;
        _interrupt = interrupt;
        _reader = command.ExecuteReader();
        Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => ResultColumn.Parse(_reader.GetName(i)))];
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    public SqliteDataReader Row => _reader;

    /// <summary>Runs a query, and puts its result as Log Analytics answers it: the rows that there is room for, and an error beside them when there are more.</summary>
    public static object ReadAll(
        string file, LogQuery query, IReadOnlyDictionary<string, object> parameters, DateTimeOffset now, int maxRows, CancellationToken cancellationToken)
    {
        using var reader = Start(file, query, parameters, now, cancellationToken);
        var rows = new List<object?[]>();
        var more = reader.Read();
        for (; more && rows.Count < maxRows; more = reader.Read())
        {
            rows.Add([.. reader.Columns.Select((column, i) => reader.Row.IsDBNull(i) ? null : column.Value(reader.Row, i))]);
        }

        var tables = new[] { new { name = "PrimaryResult", columns = reader.Columns.Select(column => new { name = column.Name, type = column.TypeName }), rows } };
        return more ? new { tables, error = LimitExceeded(maxRows) } : new { tables };
    }

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
        _connection.Dispose();
    }

    private static object LimitExceeded(int maxRows) => new
    {
        code = "PartialError",
        message = "There were some errors when processing your query.",
        details = new[]
        {
            new
            {
                code = "EngineError",
                message = "Something went wrong processing your query on the server.",
                innererror = new
                {
                    code = "-2133196797",
                    message = $"The results of this query exceed the set limit of {maxRows} records, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).",
                    severity = 2,
                    severityName = "Error",
                },
            },
        },
    };
}

internal sealed record ResultColumn(string Name, LogType Type)
{
    /// <summary>The type as Log Analytics writes it.</summary>
    public string TypeName { get; } = Type.ToString().ToLowerInvariant();

    /// <summary>Reads <c>Requests:long</c>.</summary>
    public static ResultColumn Parse(string alias) => new(alias.Split(':')[0], Enum.Parse<LogType>(alias.Split(':')[1], ignoreCase: true));

    /// <summary>Its value in a row, as it goes into JSON; a dynamic one goes as the text of its JSON.</summary>
    public object Value(SqliteDataReader row, int i) => Type switch
    {
        LogType.DateTime => new DateTime(row.GetInt64(i), DateTimeKind.Utc),
        LogType.Int or LogType.Long => row.GetInt64(i),
        LogType.Real => row.GetDouble(i),
        LogType.Bool => row.GetBoolean(i),
        _ => row.GetString(i),
    };
}
