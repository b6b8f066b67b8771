using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Does all writes to the database, one transaction at a time.</summary>
/// <remarks>
/// A durable commit waits for the disk. The writes that arrive meanwhile go into the next transaction together, so many
/// callers share one wait; each of them hears of success only after the commit has returned. Within a transaction every
/// write has its own savepoint, so one that fails takes none of the others with it; when a whole transaction fails, its
/// writes are tried again one by one, so that each gets the outcome that is its own.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueCapacity = 4096;
    private const int LargestBatch = 512;

    private readonly SqliteFile _file;
    private readonly Func<SqliteConnection> _open;
    private readonly Action<Exception> _failed;
    private readonly Channel<PendingWrite> _queue;
    private readonly Task _loop;
    private SqliteConnection? _connection;
    private long _commits;

    /// <summary>Starts to accept writes; the connection is opened for the first one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="open">Opens a connection to it.</param>
    /// <param name="failed">Told why a transaction failed, before its callers are.</param>
    public SqliteWriter(SqliteFile file, Func<SqliteConnection> open, Action<Exception> failed)
    {
        _file = file;
        _open = open;
        _failed = failed;
        _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(QueueCapacity) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>How many transactions have been committed.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>
    /// Does the work in a transaction and returns when that is durable. The work may run more than once, each time on the
    /// state without its former run. Canceling has an effect until the work starts.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new PendingWrite<T>(work);
        await using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static (state, token) => ((PendingWrite)state!).GiveUp(token), write);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteWriter));
        }

        return await write.Completion;
    }

    /// <summary>Closes the connection; the next write opens one. Not while a transaction runs.</summary>
    public void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Accepts no more writes, finishes those that wait, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        Disconnect();
    }

    private async Task RunAsync()
    {
        var batch = new List<PendingWrite>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out PendingWrite? write))
            {
                if (write.TryStart())
                {
                    batch.Add(write);
                }
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        var failures = new Dictionary<PendingWrite, Exception>();
        bool begun = false;
        try
        {
            _file.Use(() => RunTransaction(batch, failures, hasBegun: () => begun = true));
        }
        catch (Exception e)
        {
            _failed(e);
            if (begun && batch.Count > 1)
            {
                foreach (PendingWrite write in batch)
                {
                    Commit([write]);
                }
            }
            else
            {
                foreach (PendingWrite write in batch)
                {
                    write.Fail(SqliteProblems.Explain(e, _file.Path));
                }
            }

            return;
        }

        foreach (PendingWrite write in batch)
        {
            if (failures.TryGetValue(write, out Exception? failure))
            {
                write.Fail(SqliteProblems.Explain(failure, _file.Path));
            }
            else
            {
                write.Complete();
            }
        }
    }

    private void RunTransaction(List<PendingWrite> batch, Dictionary<PendingWrite, Exception> failures, Action hasBegun)
    {
        try
        {
            _connection ??= _open();
            _connection.Execute("BEGIN IMMEDIATE");
            hasBegun();
            foreach (PendingWrite write in batch)
            {
                RunInSavepoint(_connection, write, failures);
            }

            // Before the commit, so that a refused write is stored nowhere; after it, for a file moved in between.
            _file.ThrowIfMoved();
            _connection.Execute("COMMIT");
            Interlocked.Increment(ref _commits);
            _file.ThrowIfMoved();
        }
        catch (Exception e)
        {
            Abandon(e);
            throw;
        }

        if (failures.Values.Any(IsConnectionStale))
        {
            Disconnect();
        }
    }

    private static void RunInSavepoint(SqliteConnection connection, PendingWrite write, Dictionary<PendingWrite, Exception> failures)
    {
        connection.Execute("SAVEPOINT write");
        try
        {
            write.Run(connection);
        }
        catch (Exception e) when (IsInTransaction(connection))
        {
            // Some errors end the whole transaction by themselves; this one did not.
            connection.Execute("ROLLBACK TO write");
            failures.Add(write, e);
        }

        connection.Execute("RELEASE write");
    }

    private static bool IsInTransaction(SqliteConnection connection) => sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>
    /// Whether the next transaction should start with a new connection, because the file may have been replaced or be open
    /// in a way that was right only then. A full or locked database is the same one afterwards.
    /// </summary>
    private static bool IsConnectionStale(Exception reason) =>
        SqliteProblems.ProblemOf(reason) is { } problem && problem is not (StorageProblem.Full or StorageProblem.Locked);

    private void Abandon(Exception reason)
    {
        try
        {
            if (_connection is not null && IsInTransaction(_connection))
            {
                _connection.Execute("ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            Disconnect();
        }

        if (IsConnectionStale(reason))
        {
            Disconnect();
        }
    }
}
