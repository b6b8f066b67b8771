using System.Globalization;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Policies;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// An error in the processing of a request, and what the caller is told unless the on-error section says otherwise. Its
/// reasons are API Management's, where its documentation has a word for it. An internal one has no answer for people: they get an
/// id to look it up by.
/// </summary>
internal sealed record PolicyError(PolicyPosition Position, string Reason, string Message, int StatusCode, string? Answer = null) : ILastError
{
    public const string BackendFailed = "BackendConnectionFailure";
    public const string CallerGone = "ClientConnectionFailure";

    private static readonly PolicyPosition Configuration = new("configuration", null, null);
    private static readonly PolicyPosition Authorization = new("authorization", null, null);

    /// <summary>After how many seconds the caller may come again; null when nothing says so.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>Whether it is about a call to a backend, which a retry may cure.</summary>
    public bool IsOfCall { get; private init; }

    /// <summary>Whether it is a fault of the policy, which nobody but its author can cure.</summary>
    public bool IsInternal => Answer is null && !IsOfCall;

    public string Source => Position.Element;

    public string? Section => Position.Section;

    public string? Path => Position.Path;

    /// <summary>Something that should not be: its cause is for the log alone.</summary>
    public static PolicyError Unexpected { get; } = new(Configuration, "InternalServerError", "The gateway has failed.", 500);

    public static PolicyError OperationNotFound() =>
        new(Configuration, "OperationNotFound", "Unable to match incoming request to an operation.", 404, "Resource not found");

    public static PolicyError SubscriptionKeyNotFound() => Answered(
        Authorization, "SubscriptionKeyNotFound", 401, "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.");

    public static PolicyError SubscriptionKeyInvalid() => Answered(
        Authorization, "SubscriptionKeyInvalid", 401, "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.");

    public static PolicyError BadRequest(int statusCode, string message) => Answered(Configuration, "BadRequest", statusCode, message);

    public static PolicyError TokenLimitExceeded(PolicyPosition position, int seconds) =>
        Answered(position, "TokenLimitExceeded", 429, $"Token limit is exceeded. Try again in {seconds} seconds.") with { RetryAfter = seconds };

    public static PolicyError BackendNotSet(PolicyPosition position) =>
        new(position, "BackendNotSet", "No backend is set: the policy has no set-backend-service before forward-request.", 500);

    public static PolicyError BackendUnknown(PolicyPosition position, string name) => new(position, "BackendNotSet", $"There is no backend \"{name}\".", 500);

    public static PolicyError PoolUnavailable(PolicyPosition position) =>
        new(position, "BackendPoolUnavailable", "Every circuit breaker of the pool is open.", 503, "Service unavailable") { IsOfCall = true };

    public static PolicyError Timeout(PolicyPosition position) =>
        new(position, "Timeout", "The backend sent no response within the timeout.", 500) { IsOfCall = true };

    public static PolicyError BackendConnectionFailure(PolicyPosition position, string message) => new(position, BackendFailed, message, 500) { IsOfCall = true };

    public static PolicyError ClientConnectionFailure(PolicyPosition position) =>
        new(position, CallerGone, "The caller has closed its connection.", 499, "Client closed request");

    /// <summary>An expression has thrown, or made a value that can not be used.</summary>
    public static PolicyError ExpressionFailed(PolicyPosition position, string message) => new(position, "ExpressionValueEvaluationFailure", message, 500);

    /// <summary>The answer that API Management gives to it: <c>{ "statusCode": N, "message": "..." }</c>.</summary>
    public ResponseState ToResponse(PolicyExecution execution)
    {
        var headers = execution.ResponseHeaders;
        var response = ResponseState.Create(headers);
        response.SetStatus(StatusCode);
        headers.ContentType = "application/json";
        if (RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        response.SetContent(Encoding.UTF8.GetBytes(Answer is null
            ? $$"""{ "statusCode": {{StatusCode}}, "message": "Internal server error", "activityId": "{{execution.Record.RequestId}}" }"""
            : $$"""{ "statusCode": {{StatusCode}}, "message": "{{JsonEncodedText.Encode(Answer)}}" }"""));
        return response;
    }

    private static PolicyError Answered(PolicyPosition position, string reason, int statusCode, string message) => new(position, reason, message, statusCode, message);
}
