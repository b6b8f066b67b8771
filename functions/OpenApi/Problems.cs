using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>The failures of all operations: one response component for each status.</summary>
internal static class Problems
{
    /// <summary>What a function that calls a model can answer beside its own problems.</summary>
    public static readonly IReadOnlyList<int> OfModelCalls =
    [
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status502BadGateway,
        StatusCodes.Status503ServiceUnavailable,
        StatusCodes.Status504GatewayTimeout,
    ];

    private static readonly Dictionary<int, (string Name, string Description, bool RetryAfter)> Known = new()
    {
        [StatusCodes.Status400BadRequest] = ("BadRequest", "The request says something that can not be served, or the content filter refuses the message or the answer; the detail says what to send instead.", false),
        [StatusCodes.Status404NotFound] = ("NotFound", "What the request names is not there.", false),
        [StatusCodes.Status408RequestTimeout] = ("BodyTimeout", "The body came too slowly, or stopped coming.", false),
        [StatusCodes.Status409Conflict] = ("Conflict", "Two messages of one conversation came at once, and the other one was answered.", false),
        [StatusCodes.Status413PayloadTooLarge] = ("TooLarge", "The body is larger than anything that the function accepts.", false),
        [StatusCodes.Status415UnsupportedMediaType] = ("UnsupportedMediaType", "The body is of a kind that the function does not read.", false),
        [StatusCodes.Status422UnprocessableEntity] = ("IdempotencyKeyUsed", "The Idempotency-Key was used for another request.", false),
        [StatusCodes.Status429TooManyRequests] = ("ModelsBusy", "All models throttle, or a limit or quota of the gateway is reached.", true),
        [StatusCodes.Status502BadGateway] = ("ModelFailed", "The model gateway refused this app or answered nonsense, and the detail names the setting to check; or the answer is not whole, and the title says what cut it.", false),
        [StatusCodes.Status503ServiceUnavailable] = ("Unavailable", "The models, the gateway or the data store are not available, or the app has as many requests under way as it can hold.", true),
        [StatusCodes.Status504GatewayTimeout] = ("ModelTimeout", "The model took too long.", false),
    };

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSchema>("Problem", Schema.Object(
            "A failure (RFC 9457).",
            ("type", Schema.Text("What kind of failure the status stands for.").Optional),
            ("title", Schema.Text("What happened, for a person.")),
            ("status", Schema.WholeNumber("The HTTP status.")),
            ("detail", Schema.Text("What to check or to do.")),
            ("partialReply", Schema.Text("What the model said until its answer failed.").Optional)));
        foreach ((string name, string description, bool retryAfter) in Known.Values)
        {
            document.AddComponent<IOpenApiResponse>(name, Response(document, description, retryAfter, []));
        }
    }

    /// <summary>The component for a status, or a response of its own where it has more headers than that.</summary>
    public static (string Status, IOpenApiResponse Response) Of(int status, OpenApiDocument document, IReadOnlyCollection<(string Name, OpenApiHeader Header)> headers)
    {
        (string name, string description, bool retryAfter) = Known[status];
        return (
            status.ToString(CultureInfo.InvariantCulture),
            headers.Count == 0 ? new OpenApiResponseReference(name, document) : Response(document, description, retryAfter, headers));
    }

    private static OpenApiResponse Response(
        OpenApiDocument document, string description, bool retryAfter, IEnumerable<(string Name, OpenApiHeader Header)> headers) => new()
        {
            Description = description,
            Headers = headers.Concat(retryAfter ? [("Retry-After", ResponseHeaders.RetryAfter)] : [])
            .ToDictionary(header => header.Name, IOpenApiHeader (header) => header.Header),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document) },
            },
        };
}
