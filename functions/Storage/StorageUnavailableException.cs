namespace ContosoSuites.Functions.Storage;

/// <summary>
/// The store can not do its work now. Nothing of the refused write is stored. The message names the store, the cause and
/// what to do; when the cause is gone, the next call succeeds without a restart.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageUnavailableException(StorageProblem problem, string message, Exception? innerException = null, TimeSpan? retryAfter = null)
        : base(message, innerException)
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    /// <summary>What is the matter.</summary>
    public StorageProblem Problem { get; }

    /// <summary>After which time a repetition makes sense; null where nobody knows.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>The ways in which a store can be unavailable.</summary>
public enum StorageProblem
{
    /// <summary>It can not be opened or reached: the path is wrong, a folder is missing, or permission is.</summary>
    Unreachable,

    /// <summary>It can be read and not written.</summary>
    ReadOnly,

    /// <summary>There is no space left for it.</summary>
    Full,

    /// <summary>Another process holds it.</summary>
    Locked,

    /// <summary>It is damaged, or no database at all.</summary>
    Corrupt,

    /// <summary>Reading or writing it failed below the store.</summary>
    InputOutput,

    /// <summary>A newer version of this app wrote it.</summary>
    NewerSchema,

    /// <summary>It does not let this app in: a role, an identity or a network rule is missing.</summary>
    Forbidden,

    /// <summary>It is another application's.</summary>
    Foreign,

    /// <summary>Its database, or a container of it, is not there, or not there any more.</summary>
    Missing,

    /// <summary>It was made in another way than this app needs it.</summary>
    Misconfigured,

    /// <summary>More is asked of it at once than it grants.</summary>
    Throttled,
}
