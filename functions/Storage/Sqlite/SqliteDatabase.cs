using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>
/// The database file. It is created, brought to the present schema and filled with the sample data at first use; when that
/// fails, the next use tries again.
/// </summary>
/// <remarks>
/// Write-ahead logging, so readers and the writer do not wait for each other, and <c>synchronous=FULL</c>, so a commit that
/// has returned survives a power cut. Files are moved under a running app as well: <see cref="SqliteFile"/>.
/// </remarks>
internal sealed partial class SqliteDatabase : IAsyncDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<SqliteDatabase> _logger;
    private readonly int _busyTimeoutSeconds;
    private readonly StorageOutage _outage;
    private readonly SqliteFile _open;
    private readonly string _readConnection;
    private readonly string _writeConnection;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly SqliteWriter _writer;
    private bool _wasReady;
    private volatile bool _ready;

    /// <summary>Names the file. Nothing is opened yet.</summary>
    /// <param name="file">The file's full path.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Told of what happens to the file as a whole.</param>
    /// <param name="outage">Told that a write was taken.</param>
    /// <param name="busyTimeoutSeconds">How long to wait for another process that holds the file.</param>
    public SqliteDatabase(string file, TimeProvider timeProvider, ILogger<SqliteDatabase> logger, StorageOutage outage, int busyTimeoutSeconds = 5)
    {
        File = file;
        _timeProvider = timeProvider;
        _logger = logger;
        _outage = outage;
        _busyTimeoutSeconds = busyTimeoutSeconds;
        _open = new SqliteFile(file);

        // A file is made at first use only: when it disappears later, an empty one would be the wrong answer.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            DefaultTimeout = busyTimeoutSeconds,
        };
        _readConnection = settings.ConnectionString;

        // Switched on anew each time that a connection comes from the pool, and of no use to who reads.
        settings.ForeignKeys = true;

        // Out of the pool: the settings of a connection for writing are its own, and closing it really closes the file.
        settings.Pooling = false;
        _writeConnection = settings.ConnectionString;
        _writer = new SqliteWriter(_open, OpenForWriting, Failed);
    }

    /// <summary>The file's full path.</summary>
    public string File { get; }

    /// <summary>How many transactions have been committed.</summary>
    public long Commits => _writer.Commits;

    /// <summary>Changes when another file takes the place of the one before. Within a read it is that of what is read.</summary>
    public int Generation => _open.Generation;

    /// <summary>Reads the state that the last commit left.</summary>
    /// <exception cref="StorageUnavailableException">The database can not be read, or not be made ready.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        T result = default!;
        Guarded(() => _open.Use(() =>
        {
            using var connection = new SqliteConnection(_readConnection);
            connection.Open();
            result = read(connection);
        }));
        return result;
    }

    /// <summary>Does the work in a transaction and returns when that is durable; see <see cref="SqliteWriter"/>.</summary>
    /// <exception cref="StorageUnavailableException">The database can not be written, or not be made ready.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        T result = await _writer.WriteAsync(work, cancellationToken);
        _outage.End();
        return result;
    }

    /// <summary>Finishes the writes that wait and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        ClosePooledConnections();
        _open.Dispose();
        _preparing.Dispose();
    }

    private async ValueTask EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_ready)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_ready)
            {
                Guarded(Prepare);
                (_wasReady, _ready) = (true, true);
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    private void Prepare()
    {
        if (!_wasReady)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        }
        else if (!System.IO.File.Exists(File))
        {
            throw SqliteFile.Missing(File);
        }

        SqliteConnection connection = Open(_wasReady ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate);
        try
        {
            Prepare(connection);
            _open.Hold(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Prepare(SqliteConnection connection)
    {
        var schema = new SqliteSchema(SqliteMigration.All());
        schema.ThrowIfNotOurs(connection);
        connection.Execute("PRAGMA journal_mode = WAL");
        if (schema.Upgrade(connection))
        {
            LogUpgraded(File, schema.Version);
        }

        if (new SqliteSeed(_timeProvider).Plant(connection))
        {
            LogSeeded(File);
        }
    }

    private SqliteConnection OpenForWriting() => Open(SqliteOpenMode.ReadWrite);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_writeConnection) { Mode = mode }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {_busyTimeoutSeconds * 1000}; PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (SqliteProblems.ProblemOf(e) is not null)
        {
            ClosePooledConnections();
            Failed(e);
            throw SqliteProblems.Explain(e, File);
        }
    }

    private void Failed(Exception reason)
    {
        // Whatever the reason seems to be, it may be that another file has taken the place of the open one.
        if (SqliteProblems.ProblemOf(reason) is not null && _open.LetGo(CloseConnections))
        {
            _ready = false;
        }
    }

    private void CloseConnections()
    {
        _writer.Disconnect();
        ClosePooledConnections();
    }

    private void ClosePooledConnections()
    {
        using var connection = new SqliteConnection(_readConnection);
        SqliteConnection.ClearPool(connection);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The schema of {File} is now version {Version}")]
    private partial void LogUpgraded(string file, int version);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Put the sample data into {File}")]
    private partial void LogSeeded(string file);
}
