namespace ContosoSuites.Functions.Gateway;

/// <summary>What came back from a model call is no answer of Azure OpenAI's.</summary>
/// <param name="inner">What the client ran into when it read the answer.</param>
internal sealed class UnreadableAnswerException(Exception inner) : Exception("The model's answer can not be read.", inner)
{
    /// <summary>
    /// Whether an exception out of a model client tells of an unreadable answer. A client carries requests and reads answers:
    /// what is neither a cancellation nor a failure on the way came up while reading.
    /// </summary>
    public static bool Explains(Exception exception) => exception is not
        (OperationCanceledException or System.ClientModel.ClientResultException or HttpRequestException or IOException or TimeoutException or Polly.ExecutionRejectedException);
}
