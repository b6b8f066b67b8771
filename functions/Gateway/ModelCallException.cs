namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// A model call that brought no whole answer. Only what comes as this exception is explained as a failure of the gateway's or
/// the model's, so that a failure of the app's own never is.
/// </summary>
/// <param name="cause">What the call ran into.</param>
/// <param name="partialReply">What the model had said in this turn until then.</param>
internal sealed class ModelCallException(Exception cause, string? partialReply = null) : Exception("A model call failed.", cause)
{
    /// <summary>What the call ran into.</summary>
    public Exception Cause { get; } = cause;

    /// <summary>What the model had said in this turn until then; null for nothing.</summary>
    public string? PartialReply { get; } = string.IsNullOrWhiteSpace(partialReply) ? null : partialReply;
}

/// <summary>An embedding of another length than the settings say: no search can compare it with the others.</summary>
/// <param name="length">How many numbers it has.</param>
/// <param name="expected">How many it should have.</param>
internal sealed class EmbeddingLengthException(int length, int expected) : Exception("The embedding has the wrong length.")
{
    /// <summary>How many numbers it has.</summary>
    public int Length { get; } = length;

    /// <summary>How many it should have.</summary>
    public int Expected { get; } = expected;
}
