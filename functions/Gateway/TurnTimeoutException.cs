namespace ContosoSuites.Functions.Gateway;

/// <summary>A function that is to answer has waited for models as long as it may.</summary>
internal sealed class TurnTimeoutException(Exception? innerException = null)
    : TimeoutException("The function has waited for models as long as an HTTP answer may take.", innerException);
