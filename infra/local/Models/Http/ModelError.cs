using System.Text.Json;

namespace ContosoSuites.Local.Models.Http;

/// <summary>An error as Azure OpenAI tells it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The short code programs look at; null where Azure OpenAI tells none.</param>
/// <param name="Message">The sentence people read.</param>
/// <param name="Param">The part of the request that is wrong, where there is one.</param>
internal sealed record ModelError(int Status, string? Code, string Message, string? Param = null)
{
    /// <summary>When to come back, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

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

    public static ModelError UnsupportedMediaType { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "The request body must be JSON: set Content-Type to application/json.");

    public static ModelError RequestTooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "RequestTooLarge", $"The request body is longer than the {limit} bytes that are accepted.");

    public static ModelError Invalid(string message, string? param = null, string? code = "invalid_value") =>
        new(StatusCodes.Status400BadRequest, code, message, param);

    public static ModelError Missing(string param) =>
        Invalid($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static ModelError UnsupportedParameter(string param, string? instead) => Invalid(
        $"Unsupported parameter: '{param}' is not supported with this model.{(instead is null ? "" : $" Use '{instead}' instead.")}",
        param,
        "unsupported_parameter");

    public static ModelError InvalidType(string param, string expected) =>
        Invalid($"Invalid type for '{param}': expected {expected}.", param, "invalid_type");

    public static ModelError ContextLengthExceeded(int maximum, int tokens, string param) => Invalid(
        $"This model's maximum context length is {maximum} tokens, but the request holds {tokens}. Please shorten it.",
        param,
        "context_length_exceeded");

    /// <summary>Of a text to embed, Azure OpenAI says so without a code.</summary>
    public static ModelError InputTooLong(int maximum, int tokens) => Invalid(
        $"This model's maximum context length is {maximum} tokens, however you requested {tokens} tokens. Please reduce your prompt.", param: null, code: null);

    public static ModelError TooManyRequests(ModelOperation operation, string? apiVersion, string rate, TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        "429",
        $"Requests to the {NameOf(operation)} Operation under Azure OpenAI API version {apiVersion ?? "v1"} have exceeded {rate} rate limit "
        + $"of your current OpenAI S0 pricing tier. Please retry after {RetryAfterHeaders.Seconds(retryAfter)} seconds.")
    {
        RetryAfter = retryAfter,
    };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", Code);
        json.WriteString("message", Message);
        if (Status == StatusCodes.Status400BadRequest)
        {
            json.WriteString("type", "invalid_request_error");
            json.WriteString("param", Param);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string NameOf(ModelOperation operation) => operation switch
    {
        ModelOperation.ChatCompletions => "ChatCompletions_Create",
        ModelOperation.Embeddings => "Embeddings_Create",
        _ => operation.ToString(),
    };
}
