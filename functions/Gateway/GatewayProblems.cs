using System.ClientModel;
using System.Globalization;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Polly.Timeout;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Says of a failed model call what its caller should be told: what to check, by the setting's name. A wait that the gateway
/// asks for reaches the caller as 429 or 503 with Retry-After; nothing names a backend.
/// </summary>
/// <param name="apiManagement">Section <c>ApiManagement</c>.</param>
/// <param name="azureOpenAI">Section <c>AzureOpenAI</c>.</param>
public sealed class GatewayProblems(ApiManagementOptions apiManagement, AzureOpenAIOptions azureOpenAI)
{
    /// <summary>The problem that an exception out of a chat client or embedding generator stands for; null when it tells of something else.</summary>
    /// <param name="exception">What was thrown.</param>
    public FunctionProblem? Describe(Exception exception) => exception switch
    {
        // No response at all: the client wraps what its HttpClient threw.
        ClientResultException { Status: 0, InnerException: { } inner } => Describe(inner),
        ClientResultException e => Describe(e),
        TurnTimeoutException => new(
            StatusCodes.Status504GatewayTimeout,
            "The answer took too long.",
            $"Its model calls together were not done within {apiManagement.TurnTimeoutSeconds} seconds (ApiManagement:TurnTimeoutSeconds), and Azure grants no more than 230. Ask for less at once; if model instances hang, lower attemptTimeoutSeconds in infra/gateway/backends.json, so that another one is asked sooner."),
        TimeoutRejectedException or TimeoutException => new(
            StatusCodes.Status504GatewayTimeout,
            "The model took too long to answer.",
            $"No answer within {apiManagement.ModelCallTimeoutSeconds} seconds (ApiManagement:ModelCallTimeoutSeconds). Try again; if it happens often, lower attemptTimeoutSeconds in infra/gateway/backends.json: the gateway makes three attempts, and all of them have to fit into that time."),
        HttpRequestException => new(
            StatusCodes.Status503ServiceUnavailable,
            "The model gateway can not be reached.",
            "API Management did not answer, or broke off. Check that it is up and that ApiManagement:Endpoint is its address."),
        IOException => new(
            StatusCodes.Status502BadGateway,
            "The model's answer broke off.",
            "The connection to API Management ended in the middle of the answer. Try again."),
        UnreadableAnswerException => new(
            StatusCodes.Status502BadGateway,
            "The model's answer can not be read.",
            "What came back is not an Azure OpenAI answer. Check that ApiManagement:Endpoint is an API Management gateway with the Azure OpenAI API."),
        _ => null,
    };

    private FunctionProblem Describe(ClientResultException e)
    {
        GatewayErrorBody body = GatewayErrorBody.Read(e);
        string? code = body.Code;
        return e.Status switch
        {
            403 or 429 when body.IsOutOfTokens => OutOfTokens(GetRetryAfter(e)),
            400 when code == "content_filter" => new(
                StatusCodes.Status400BadRequest,
                "The message was refused by the content filter.",
                "Word it differently and send it again."),
            400 when code == "context_length_exceeded" => new(
                StatusCodes.Status400BadRequest,
                "The message is too long for the model.",
                "Send a shorter text."),
            400 => new(
                StatusCodes.Status502BadGateway,
                "The model did not accept the request.",
                $"It answered 400{(code is null ? "" : $" ({code})")}. Check that the deployments in AzureOpenAI:DeploymentName and AzureOpenAI:EmbeddingDeploymentName are of the right kind."),
            401 or 403 => new(
                StatusCodes.Status502BadGateway,
                "The model gateway refused this app's key.",
                "Check ApiManagement:ApiKey: it must be the key of an active API Management subscription for the Azure OpenAI API. If the key is right, API Management's identity may lack access to the models."),
            404 => new(
                StatusCodes.Status502BadGateway,
                "The model deployment was not found.",
                $"Check that AzureOpenAI:DeploymentName ({azureOpenAI.DeploymentName}) and AzureOpenAI:EmbeddingDeploymentName ({azureOpenAI.EmbeddingDeploymentName}) exist on every instance, and that ApiManagement:Endpoint is the gateway's base address."),
            408 or 499 or 504 => new(
                StatusCodes.Status504GatewayTimeout,
                "The model took too long to answer.",
                "Every model instance the gateway tried ran out of time. Try again."),
            429 => new(
                StatusCodes.Status429TooManyRequests,
                "The models are busy.",
                "All model instances are throttled for now. Try again after the time in Retry-After.",
                GetRetryAfter(e)),
            503 => new(
                StatusCodes.Status503ServiceUnavailable,
                "No model is available right now.",
                "The gateway found no model instance that could answer. Try again shortly; the gateway's log says what failed.",
                GetRetryAfter(e)),
            _ => new(
                StatusCodes.Status502BadGateway,
                "The model gateway failed.",
                $"It answered {e.Status.ToString(CultureInfo.InvariantCulture)}. The gateway's log says why."),
        };
    }

    // Said in seconds, as an event of a stream has no headers.
    private static FunctionProblem OutOfTokens(string? retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        "The token limit is reached.",
        $"API Management grants this app so many tokens in a period, and they are used up. Nothing is lost: send the same again {(retryAfter is null ? "later" : $"in {retryAfter} seconds")}.",
        retryAfter);

    private static string? GetRetryAfter(ClientResultException e) =>
        e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out string? value) == true ? value : null;
}
