using ContosoSuites.Local.Gateway.Expressions.Context;
using ContosoSuites.Local.Gateway.Policies;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>An error in the processing of a request, and what the caller is told unless the on-error section says otherwise.</summary>
internal sealed record PolicyError : ILastError
{
    private static readonly PolicyPosition Configuration = PolicyPosition.BuiltIn("configuration");
    private static readonly PolicyPosition Authorization = PolicyPosition.BuiltIn("authorization");

    private PolicyError(PolicyPosition position, string reason, string message, int statusCode, string? answer = null)
    {
        Position = position;
        Reason = reason;
        Message = message;
        StatusCode = statusCode;
        Answer = answer;
    }

    public PolicyPosition Position { get; }

    public string Reason { get; }

    public string Message { get; }

    public int StatusCode { get; }

    /// <summary>The message of the answer; null for an internal error, whose answer only has an id to look it up by.</summary>
    public string? Answer { get; }

    /// <summary>The header of the answer that says when to come again; null when nothing does.</summary>
    public (string Name, int Seconds)? RetryAfter { get; private init; }

    /// <summary>Whether it is about a call to a backend, which a retry may cure.</summary>
    public bool IsOfCall { get; private init; }

    /// <summary>Whether it is a fault of the policy, which nobody but its author can cure.</summary>
    public bool IsInternal => Answer is null && !IsOfCall;

    public string Source => Position.Element;

    public string Scope => "api";

    public string? Section => Position.Section;

    public string? Path => Position.Path;

    public string? PolicyId => Position.Id;

    public static PolicyError OperationNotFound() =>
        new(Configuration, ErrorReasons.OperationNotFound, "Unable to match incoming request to an operation.", 404, "Resource not found");

    public static PolicyError SubscriptionKeyNotFound()
    {
        const string Message = "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.";
        return new(Authorization, ErrorReasons.SubscriptionKeyNotFound, Message, 401, Message);
    }

    public static PolicyError SubscriptionKeyInvalid()
    {
        const string Message = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.";
        return new(Authorization, ErrorReasons.SubscriptionKeyInvalid, Message, 401, Message);
    }

    public static PolicyError BadRequest(int statusCode, string message) =>
        new(Configuration, ErrorReasons.BadRequest, message, statusCode, message);

    public static PolicyError TokenLimitExceeded(PolicyPosition position, string retryAfterHeader, int seconds) =>
        OutOfTokens(position, ErrorReasons.TokenLimitExceeded, $"Token limit is exceeded. Try again in {seconds} seconds.", 429, (retryAfterHeader, seconds));

    public static PolicyError TokenQuotaExceeded(PolicyPosition position, string retryAfterHeader, int seconds) =>
        OutOfTokens(position, ErrorReasons.TokenQuotaExceeded, $"Token quota is exceeded. Try again in {seconds} seconds.", 403, (retryAfterHeader, seconds));

    public static PolicyError BackendNotSet(PolicyPosition position) =>
        new(position, ErrorReasons.BackendNotSet, "No backend is set: the policy has no set-backend-service before forward-request.", 500);

    public static PolicyError BackendUnknown(PolicyPosition position, string name) =>
        new(position, ErrorReasons.BackendNotSet, $"There is no backend \"{name}\".", 500);

    public static PolicyError PoolUnavailable(PolicyPosition position) =>
        new(position, ErrorReasons.PoolUnavailable, "Every circuit breaker of the pool is open.", 503, "Service unavailable") { IsOfCall = true };

    public static PolicyError Timeout(PolicyPosition position) =>
        new(position, ErrorReasons.Timeout, "The backend sent no response within the timeout.", 500) { IsOfCall = true };

    public static PolicyError BackendConnectionFailure(PolicyPosition position, string message) =>
        new(position, ErrorReasons.BackendConnectionFailure, message, 500) { IsOfCall = true };

    public static PolicyError ClientConnectionFailure(PolicyPosition position) =>
        new(position, ErrorReasons.ClientConnectionFailure, "The caller has closed its connection.", 499, "Client closed request");

    public static PolicyError ExpressionFailed(PolicyPosition position, string message) =>
        new(position, ErrorReasons.ExpressionValueEvaluationFailure, message, 500);

    public static PolicyError InvalidValue(PolicyPosition position, string message) =>
        new(position, ErrorReasons.ExpressionValueEvaluationFailure, message, 500);

    private static PolicyError OutOfTokens(PolicyPosition position, string reason, string message, int statusCode, (string Name, int Seconds) retryAfter) =>
        new(position, reason, message, statusCode, message) { RetryAfter = retryAfter };
}
