namespace ContosoSuites.Functions.Storage;

/// <summary>Something is larger than the store keeps in one piece. Nothing of it was stored, and sending it again does not help.</summary>
public sealed class ItemTooLargeException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ItemTooLargeException(Exception? innerException = null)
        : base("It is larger than the store keeps in one piece (2 MB in Cosmos DB).", innerException)
    {
    }
}
