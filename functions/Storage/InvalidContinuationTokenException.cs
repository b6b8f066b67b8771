namespace ContosoSuites.Functions.Storage;

/// <summary>A continuation token did not come from a page of this list.</summary>
public sealed class InvalidContinuationTokenException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InvalidContinuationTokenException()
        : base("The continuation token is not one that this list gave out. Start again without a token.")
    {
    }
}
