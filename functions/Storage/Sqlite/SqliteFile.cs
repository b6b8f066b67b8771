using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>
/// The database file that is open: whether it is still the one that its path names, and who is using it. A file that was
/// removed, moved away or replaced can be written all the same, and whatever is written there is gone at the next start.
/// </summary>
/// <remarks>
/// SQLite itself compares the open file with the path (SQLITE_FCNTL_HAS_MOVED). It does so where files can be moved while
/// they are open; on Windows they can not, and there is nothing to ask. A file whose content is overwritten in place is the
/// same file.
/// </remarks>
internal sealed class SqliteFile(string path) : IDisposable
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED, which SQLitePCL does not name.

    // Using it is shared. Letting it go is not: a connection to the former file must not be there when the next is opened,
    // since both would work with the write-ahead log that stands beside the path.
    private readonly ReaderWriterLockSlim _use = new();
    private SqliteConnection? _held;

    /// <summary>The file's full path.</summary>
    public string Path { get; } = path;

    /// <summary>How many files have been let go of: what is known of one does not hold for the next.</summary>
    public int Generation { get; private set; }

    /// <summary>Takes over a connection, by which the file is asked whether it is still in its place.</summary>
    public void Hold(SqliteConnection connection) => _held = connection;

    /// <summary>Does something with the file while nobody lets go of it.</summary>
    /// <exception cref="StorageUnavailableException">The file is not in its place.</exception>
    public void Use(Action action)
    {
        _use.EnterReadLock();
        try
        {
            ThrowIfMoved();
            action();
        }
        finally
        {
            _use.ExitReadLock();
        }
    }

    /// <summary>Asks whether the path still names the file and what SQLite keeps beside it.</summary>
    /// <exception cref="StorageUnavailableException">It does not.</exception>
    public void ThrowIfMoved()
    {
        if (!IsInPlace())
        {
            throw Missing(Path);
        }
    }

    /// <summary>Lets go of a file that is not in its place any more. What was committed is in that file alone afterwards.</summary>
    /// <param name="close">Closes all other connections.</param>
    /// <returns>Whether there was anything to let go of.</returns>
    public bool LetGo(Action close)
    {
        _use.EnterWriteLock();
        try
        {
            if (_held is null || IsInPlace())
            {
                return false;
            }

            close();

            // The log's place is beside the path, so whatever file comes there next would be given what the log holds.
            // Emptied into the file it belongs to, it leaves that one whole wherever it is, and the next one as it is.
            try
            {
                _held.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            catch (SqliteException)
            {
                // Another process is at it, or its disk is full. The log stays where it is, for the file when it comes back.
            }

            _held.Dispose();
            _held = null;
            Generation++;
            return true;
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    /// <summary>What to tell of a file that is not in its place.</summary>
    public static StorageUnavailableException Missing(string path) => new(
        StorageProblem.Missing,
        $"The database {path} is unavailable: the file that this app had opened there was removed, moved away or replaced. "
        + "Put it back, or another one in its place; no restart is needed. After a restart without a file the app makes a new one.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _held?.Dispose();
        _use.Dispose();
    }

    private bool IsInPlace()
    {
        if (_held is null)
        {
            return false;
        }

        int moved = 0;
        return (sqlite3_file_control(_held.Handle!, null, HasMoved, ref moved) != SQLITE_OK || moved == 0)
            && File.Exists(Path + "-wal") && File.Exists(Path + "-shm");
    }

    [DllImport("e_sqlite3", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(SQLitePCL.sqlite3 connection, byte[]? database, int operation, ref int answer);
}
