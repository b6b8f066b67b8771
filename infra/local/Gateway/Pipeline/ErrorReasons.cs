namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// The values of <c>context.LastError.Reason</c>. All are API Management's own but <see cref="PoolUnavailable"/>,
/// <see cref="BackendNotSet"/>, <see cref="BadRequest"/>, <see cref="TokenLimitExceeded"/> and <see cref="TokenQuotaExceeded"/>,
/// for which its documentation has no word.
/// </summary>
internal static class ErrorReasons
{
    public const string OperationNotFound = "OperationNotFound";
    public const string SubscriptionKeyNotFound = "SubscriptionKeyNotFound";
    public const string SubscriptionKeyInvalid = "SubscriptionKeyInvalid";
    public const string BadRequest = "BadRequest";
    public const string BackendNotSet = "BackendNotSet";
    public const string TokenLimitExceeded = "TokenLimitExceeded";
    public const string TokenQuotaExceeded = "TokenQuotaExceeded";
    public const string PoolUnavailable = "BackendPoolUnavailable";
    public const string Timeout = "Timeout";
    public const string BackendConnectionFailure = "BackendConnectionFailure";
    public const string ClientConnectionFailure = "ClientConnectionFailure";
    public const string ExpressionValueEvaluationFailure = "ExpressionValueEvaluationFailure";
}
