using System.Globalization;

namespace ContosoSuites.Local.Models.Http;

/// <summary>An error as Azure OpenAI tells it: a code for programs, where it tells one, a sentence for people, and the part of the request that is wrong.</summary>
internal sealed record ModelError(int Status, string? Code, string Message, string? Param = null)
{
    public static ModelError ResourceNotFound { get; } = new(StatusCodes.Status404NotFound, "404", "Resource not found");

    public static ModelError DeploymentNotFound { get; } = new(
        StatusCodes.Status404NotFound,
        "DeploymentNotFound",
        "The API deployment for this resource does not exist. "
        + "If you created the deployment within the last 5 minutes, please wait a moment and try again.");

    public static ModelError Unauthorized { get; } = new(
        StatusCodes.Status401Unauthorized,
        "401",
        "Access denied due to invalid subscription key or wrong API endpoint. "
        + "Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.");

    /// <summary>When to come back, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public object Body => Status == StatusCodes.Status400BadRequest
        ? new { error = new { code = Code, message = Message, type = "invalid_request_error", param = Param } }
        : new { error = new { code = Code, message = Message } };

    public static ModelError Invalid(string message, string? param = null, string? code = "invalid_value") => new(StatusCodes.Status400BadRequest, code, message, param);

    public static ModelError ContextLengthExceeded(int maximum, int tokens, string? param, string? code) => Invalid(
        $"This model's maximum context length is {maximum} tokens, however you requested {tokens} tokens. Please reduce your prompt.", param, code);

    public static ModelError TooManyRequests(ModelOperation operation, string? apiVersion, string rate, TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        "429",
        $"Requests to the {operation}_Create Operation under Azure OpenAI API version {apiVersion ?? "v1"} have exceeded {rate} rate limit "
        + $"of your current OpenAI S0 pricing tier. Please retry after {Seconds(retryAfter)} seconds.")
    {
        RetryAfter = retryAfter,
    };

    /// <summary>Says in the two headers of Azure OpenAI when to come back.</summary>
    public void SetRetryAfter(IHeaderDictionary headers)
    {
        if (RetryAfter is { } wait)
        {
            headers.RetryAfter = Seconds(wait);
            headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    // Rounded up: a caller that waits as long as it is told is never too early.
    private static string Seconds(TimeSpan retryAfter) => Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The request can not be served, and the error says why.</summary>
internal sealed class ModelRequestException(ModelError error) : Exception(error.Message)
{
    public ModelRequestException(string message, string? param = null, string? code = "invalid_value")
        : this(ModelError.Invalid(message, param, code))
    {
    }

    public ModelError Error { get; } = error;
}
