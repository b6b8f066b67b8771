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
/// has returned survives a power cut.
/// </remarks>
internal sealed partial class SqliteDatabase : IAsyncDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<SqliteDatabase> _logger;
    private readonly int _busyTimeoutSeconds;
    private readonly string _readConnection;
    private readonly string _writeConnection;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly SqliteWriter _writer;
    private volatile bool _ready;

    /// <summary>Names the file. Nothing is opened yet.</summary>
    /// <param name="file">The file's full path.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Told of what happens to the file as a whole.</param>
    /// <param name="busyTimeoutSeconds">How long to wait for another process that holds the file.</param>
    public SqliteDatabase(string file, TimeProvider timeProvider, ILogger<SqliteDatabase> logger, int busyTimeoutSeconds = 5)
    {
        File = file;
        _timeProvider = timeProvider;
        _logger = logger;
        _busyTimeoutSeconds = busyTimeoutSeconds;
        var settings = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = busyTimeoutSeconds };
        _readConnection = settings.ConnectionString;

        // Out of the pool: the settings of a connection for writing are its own, and closing it really closes the file.
        settings.Pooling = false;
        _writeConnection = settings.ConnectionString;
        _writer = new SqliteWriter(file, OpenForWriting);
    }

    /// <summary>The file's full path.</summary>
    public string File { get; }

    /// <summary>How many transactions have been committed.</summary>
    public long Commits => _writer.Commits;

    /// <summary>Reads the state that the last commit left.</summary>
    /// <exception cref="StorageUnavailableException">The database can not be read, or not be made ready.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(() =>
        {
            using var connection = new SqliteConnection(_readConnection);
            connection.Open();
            return read(connection);
        });
    }

    /// <summary>Does the work in a transaction and returns when that is durable; see <see cref="SqliteWriter"/>.</summary>
    /// <exception cref="StorageUnavailableException">The database can not be written, or not be made ready.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        return await _writer.WriteAsync(work, cancellationToken);
    }

    /// <summary>Finishes the writes that wait and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        ClosePooledConnections();
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
                _ready = true;
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    private bool Prepare()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using SqliteConnection connection = OpenForWriting();
        var schema = new SqliteSchema(SqliteMigration.All());
        schema.ThrowIfNewer(connection);
        connection.Execute("PRAGMA journal_mode = WAL");
        if (schema.Upgrade(connection))
        {
            LogUpgraded(File, schema.Version);
        }

        if (new SqliteSeed(_timeProvider).Plant(connection))
        {
            LogSeeded(File);
        }

        return true;
    }

    private SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection(_writeConnection);
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

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (SqliteProblems.ProblemOf(e) is not null)
        {
            // Connections opened before may hold on to a file that has since been replaced.
            ClosePooledConnections();
            throw SqliteProblems.Explain(e, File);
        }
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
