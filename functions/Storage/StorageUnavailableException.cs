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
