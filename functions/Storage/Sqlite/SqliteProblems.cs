using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>Tells SQLite's errors that mean the database is unavailable from those that one statement caused.</summary>
internal static class SqliteProblems
{
    /// <summary>What the exception says about the database; null when it is about the statement only.</summary>
    public static StorageProblem? ProblemOf(Exception exception) => exception switch
    {
        StorageUnavailableException error => error.Problem,
        SqliteException error => error.SqliteErrorCode switch
        {
            SQLITE_FULL => StorageProblem.Full,
            SQLITE_READONLY => StorageProblem.ReadOnly,
            SQLITE_BUSY or SQLITE_LOCKED => StorageProblem.Locked,
            SQLITE_CORRUPT or SQLITE_NOTADB => StorageProblem.Corrupt,
            SQLITE_IOERR => StorageProblem.InputOutput,
            SQLITE_CANTOPEN or SQLITE_PERM or SQLITE_AUTH => StorageProblem.Unreachable,
            _ => null,
        },
        IOException or UnauthorizedAccessException => StorageProblem.Unreachable,
        _ => null,
    };

    /// <summary>The exception for a caller: names the file, the cause and what to do. As it is when the database is not to blame.</summary>
    public static Exception Explain(Exception exception, string file)
    {
        if (exception is StorageUnavailableException)
        {
            return exception;
        }

        string? help = ProblemOf(exception) switch
        {
            StorageProblem.Full => "its disk is full. Free some space there",
            StorageProblem.ReadOnly => "it can not be written. Give this process permission to write the file and its folder, or set Storage:SqlitePath to a place where it has it",
            StorageProblem.Locked => "another process holds it locked. End that process, or wait until it is done",
            StorageProblem.Corrupt => "it is damaged or no SQLite database. Put a backup in its place, or move it away to start with a new one",
            StorageProblem.InputOutput => "reading or writing it failed. Check the disk",
            StorageProblem.Unreachable => "it can not be opened. Check that Storage:SqlitePath names a file, and that this process may create and open it there",
            _ => null,
        };
        return help is null
            ? exception
            : new StorageUnavailableException(
                ProblemOf(exception)!.Value, $"The database {file} is unavailable: {help}; no restart is needed. ({exception.Message})", exception);
    }
}
