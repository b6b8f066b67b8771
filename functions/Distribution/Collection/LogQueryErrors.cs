using System.Text.Json;
using Azure;
using Azure.Identity;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Says of a failed query what the operator has to do.</summary>
internal static class LogQueryErrors
{
    private const int LongestMessage = 500;

    /// <summary>What no answer means; null for what is no failure of the query.</summary>
    public static LogQueryException? Of(Exception exception, LogAnalyticsSettings settings) => exception switch
    {
        AuthenticationFailedException => new LogQueryException(
            "There is no token for the query API. In Azure give the app a managed identity, and AZURE_CLIENT_ID if that is user-assigned; elsewhere sign in with az login.",
            exception),
        OperationCanceledException => new LogQueryException(
            $"The query API did not answer within {settings.TimeoutSeconds} seconds (setting LogAnalytics:TimeoutSeconds). The next run asks again.", exception),
        RequestFailedException or AggregateException => new LogQueryException(
            "The query API can not be reached. Check LogAnalytics:Endpoint and the network from here to there.", exception),
        _ => null,
    };

    /// <summary>What an answer with another status than 200 means.</summary>
    public static LogQueryException Of(Response response, LogAnalyticsSettings settings)
    {
        string detail = DescribeBody(response);
        return new LogQueryException(response.Status switch
        {
            400 => $"The query API refused the query: {detail}. Check that the workspace in LogAnalytics:WorkspaceId has the tables ApiManagementGatewayLogs and ApiManagementGatewayLlmLog: the diagnostic setting of API Management fills them.",
            401 or 403 => $"The query API refused this app ({response.Status}). Give its identity the role Log Analytics Reader on the workspace in LogAnalytics:WorkspaceId; a new role takes some minutes.",
            404 => "The query API does not know the workspace. Check LogAnalytics:WorkspaceId: it is the GUID that the workspace's overview shows.",
            408 or 504 => $"The query took too long ({response.Status}). The next run asks again; raise LogAnalytics:TimeoutSeconds ({settings.TimeoutSeconds}) if it happens often.",
            429 => "The query API throttles this app, after retries too. The next run asks again; if it happens often, collect less often (BackendDistributionSchedule).",
            _ => $"The query API answered {response.Status}: {detail}. The next run asks again.",
        });
    }

    /// <summary>What an answer means that is not as the API answers.</summary>
    public static LogQueryException Unreadable(string why, Exception? inner = null) =>
        new($"The answer of the query API can not be read: {why}. Check that LogAnalytics:Endpoint is the address of the Log Analytics query API.", inner);

    /// <summary>An error of the API in one line: its code, and the message of its innermost cause, where the facts are.</summary>
    public static string Describe(JsonElement error)
    {
        if (error.ValueKind is not JsonValueKind.Object)
        {
            return "an error without details";
        }

        string text = $"{TextOf(error, "code")}: {MessageOf(error)}";
        return text.Length <= LongestMessage ? text : text[..LongestMessage];
    }

    private static string MessageOf(JsonElement error)
    {
        if (error.TryGetProperty("innererror", out JsonElement inner) && inner.ValueKind is JsonValueKind.Object && inner.TryGetProperty("message", out _))
        {
            return MessageOf(inner);
        }

        return error.TryGetProperty("details", out JsonElement details) && details.ValueKind is JsonValueKind.Array
            && details.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.TryGetProperty("message", out _)
                ? MessageOf(first)
                : TextOf(error, "message").TrimEnd('.');
    }

    private static string TextOf(JsonElement error, string name) =>
        error.TryGetProperty(name, out JsonElement text) && text.ValueKind is JsonValueKind.String ? text.GetString()! : $"no {name}";

    private static string DescribeBody(Response response)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(response.Content);
            return body.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty("error", out JsonElement error)
                ? Describe(error)
                : response.ReasonPhrase;
        }
        catch (JsonException)
        {
            return response.ReasonPhrase; // A proxy's page, for instance.
        }
    }
}

/// <summary>The gateway's logs could not be read. The message says what to do; it names settings, not their values.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">What was thrown.</param>
public sealed class LogQueryException(string message, Exception? inner = null) : Exception(message, inner);
