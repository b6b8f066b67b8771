using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>The answers that API Management gives to errors: <c>{ "statusCode": N, "message": "..." }</c>.</summary>
internal static class ErrorAnswer
{
    /// <summary>The answer to <paramref name="error"/>.</summary>
    public static ResponseState Create(PolicyExecution execution, PolicyError error)
    {
        var response = ResponseState.Create(execution.ResponseHeaders);
        response.SetStatus(error.StatusCode, ResponseState.ReasonOf(error.StatusCode));
        execution.ResponseHeaders.ContentType = "application/json";
        if (error.StatusCode == StatusCodes.Status401Unauthorized)
        {
            execution.ResponseHeaders.WWWAuthenticate = Challenge(execution);
        }

        if (error.RetryAfter is var (name, seconds))
        {
            execution.ResponseHeaders[name] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        response.SetContent(Body(error, execution.Record.RequestId));
        return response;
    }

    private static byte[] Body(PolicyError error, Guid requestId)
    {
        // What went wrong inside is for the log; the caller gets the id to find it by.
        var text = error.Answer is { } answer
            ? $$"""{ "statusCode": {{error.StatusCode}}, "message": {{Quote(answer)}} }"""
            : $$"""{ "statusCode": {{error.StatusCode}}, "message": "Internal server error", "activityId": "{{requestId}}" }""";
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Challenge(PolicyExecution execution)
    {
        var api = execution.Services.Api;
        var http = execution.Request.Http;
        return $"AzureApiManagementKey realm=\"{http.Scheme}://{http.Host}/{api.Path}\",name=\"{api.SubscriptionKeyHeader}\",type=\"header\"";
    }
}
