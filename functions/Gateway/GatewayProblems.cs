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
public sealed class GatewayProblems(ApiManagementOptions apiManagement, AzureOpenAIOptions azureOpenAI) : IProblemSource
{
    /// <summary>
    /// The limits of API Management's policies. Its words are all that tells one from a refusal for another reason: the status is
    /// that of throttled models, or of a wrong key.
    /// </summary>
    private static readonly (string Begins, string Title, string Grant)[] Limits =
    [
        ("Token limit", "The token limit is reached.", "so many tokens"),
        ("Token quota", "The token limit is reached.", "so many tokens"),
        ("Rate limit", "The call rate limit is reached.", "so many calls"),
        ("Out of call volume quota", "The call quota is used up.", "so many calls"),
        ("Out of bandwidth quota", "The bandwidth quota is used up.", "so many bytes"),
    ];

    /// <inheritdoc/>
    public FunctionProblem? Describe(Exception exception) => exception is ModelCallException call
        ? DescribeCause(call) with { PartialReply = call.PartialReply, Cause = call.Cause.GetType().Name }
        : null;

    private FunctionProblem DescribeCause(ModelCallException call) => call.Cause switch
    {
        // No response at all: the client wraps what its HttpClient threw.
        ClientResultException { Status: 0, InnerException: { } inner } => DescribeCause(new ModelCallException(inner)),
        ClientResultException e => Describe(e.Status, GatewayErrorBody.Read(e), GetRetryAfter(e)),
        GatewayErrorException { Error.Code: "content_filter" } when call.PartialReply is not null =>
            Describe(new AnswerFaultException(AnswerFault.ContentFilter, null), call.PartialReply),
        GatewayErrorException e => Describe(e.Error.Status, e.Error, null),
        AnswerFaultException e => Describe(e, call.PartialReply),
        EmbeddingLengthException e => new(
            StatusCodes.Status502BadGateway,
            "The embedding has the wrong length.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"AzureOpenAI:EmbeddingDeploymentName ({azureOpenAI.EmbeddingDeploymentName}) made a vector of {e.Length} numbers, and Embeddings:Dimensions is {e.Expected}. Set it to {e.Length}, or name a deployment that makes vectors of {e.Expected}.")),
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
        _ => new(
            StatusCodes.Status502BadGateway,
            "The model's answer can not be read.",
            "What came back is not an Azure OpenAI answer. Check that ApiManagement:Endpoint is an API Management gateway with the Azure OpenAI API."),
    };

    private static FunctionProblem Describe(AnswerFaultException e, string? partialReply) => e.Fault switch
    {
        AnswerFault.Length => new(
            StatusCodes.Status502BadGateway,
            "The model's answer was cut off by its length limit.",
            partialReply is null
                ? "It used up all tokens that an answer may have before it said anything, as a model that reasons can. Ask for less at once."
                : "It used up all tokens that an answer may have. Ask for less at once; partialReply is what it said until then."),
        AnswerFault.ContentFilter => new(
            StatusCodes.Status400BadRequest,
            "The model's answer was cut off by the content filter.",
            "Word the message differently and send it again."),
        AnswerFault.UnknownEnd => new(
            StatusCodes.Status502BadGateway,
            $"The model's answer was cut off for an unknown reason ({NameOf(e.FinishReason)}).",
            "The model ended it with a finish reason that this app does not know. Send the message again; if it happens often, check which model AzureOpenAI:DeploymentName is."),
        AnswerFault.NoEnd => new(
            StatusCodes.Status502BadGateway,
            "The model's answer broke off.",
            "It ended before the model said that it had finished. Try again."),
        AnswerFault.AfterEnd => new(
            StatusCodes.Status502BadGateway,
            "The model's answer went on after its end.",
            "The model said that it had finished, and more came: nobody knows which is the answer. Try again."),
        _ => new(
            StatusCodes.Status502BadGateway,
            "The model said nothing.",
            "Its answer is empty. Try again, or word the message differently."),
    };

    /// <summary>A finish reason is a word of the model's side: this is the part of it that can do no harm in a title.</summary>
    private static string NameOf(string? finishReason) =>
        finishReason is { Length: > 0 and <= 40 } && finishReason.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? finishReason : "not a name";

    private FunctionProblem Describe(int status, GatewayErrorBody body, string? retryAfter) => status switch
    {
        403 or 429 when LimitOf(body) is { } limit => UsedUp(limit.Title, limit.Grant, retryAfter),
        400 when body.Code == "content_filter" => new(
            StatusCodes.Status400BadRequest,
            "The message was refused by the content filter.",
            "Word it differently and send it again."),
        400 when body.IsTooLong => new(
            StatusCodes.Status400BadRequest,
            "The message is too long for the model.",
            "Send a shorter text."),
        400 => new(
            StatusCodes.Status502BadGateway,
            "The model did not accept the request.",
            $"It answered 400{(body.Code is null ? "" : $" ({NameOf(body.Code)})")}. Check that the deployments in AzureOpenAI:DeploymentName and AzureOpenAI:EmbeddingDeploymentName are of the right kind."),
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
            $"All model instances are throttled for now. Try again {(retryAfter is null ? "in a minute" : "after the time in Retry-After")}.",
            retryAfter),
        503 => new(
            StatusCodes.Status503ServiceUnavailable,
            "No model is available right now.",
            "The gateway found no model instance that could answer. Try again shortly; the gateway's log says what failed.",
            retryAfter),
        _ => new(
            StatusCodes.Status502BadGateway,
            "The model gateway failed.",
            $"It answered {status.ToString(CultureInfo.InvariantCulture)}. The gateway's log says why."),
    };

    private static (string Begins, string Title, string Grant)? LimitOf(GatewayErrorBody body)
    {
        foreach ((string Begins, string Title, string Grant) limit in Limits)
        {
            if (body.GatewayMessage?.StartsWith(limit.Begins, StringComparison.OrdinalIgnoreCase) == true)
            {
                return limit;
            }
        }

        return null;
    }

    // Said in seconds, as an event of a stream has no headers.
    private static FunctionProblem UsedUp(string title, string grant, string? retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        title,
        $"API Management grants this app {grant} in a period, and they are used up. Nothing is lost: send the same again {(retryAfter is null ? "later" : $"in {retryAfter} seconds")}.",
        retryAfter);

    private static string? GetRetryAfter(ClientResultException e) =>
        e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out string? value) == true ? value : null;
}
