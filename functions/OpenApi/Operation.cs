using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Describes one operation: a method on a path.</summary>
/// <param name="document">The document that it stands in.</param>
internal sealed class Operation(OpenApiDocument document)
{
    private readonly OpenApiOperation _operation = new() { Parameters = [], Responses = [] };

    /// <summary>Adds an operation to a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tag">The capability that it belongs to.</param>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path, below the server's.</param>
    /// <param name="id">Its id: the function's name, made unique.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="description">What else is to be known; null for nothing.</param>
    public static Operation Add(OpenApiDocument document, string tag, HttpMethod method, string path, string id, string summary, string? description = null)
    {
        document.Tags!.Add(new OpenApiTag { Name = tag });
        var operation = new Operation(document);
        operation._operation.OperationId = id;
        operation._operation.Summary = summary;
        operation._operation.Description = description;
        operation._operation.Tags = new HashSet<OpenApiTagReference> { new(tag, document) };
        if (!document.Paths.TryGetValue(path, out IOpenApiPathItem? item))
        {
            item = new OpenApiPathItem();
            document.Paths.Add(path, item);
        }

        ((OpenApiPathItem)item).AddOperation(method, operation._operation);
        return operation;
    }

    /// <summary>Wants no function key.</summary>
    public Operation Anonymous()
    {
        _operation.Security = [];
        return this;
    }

    /// <summary>A part of the path.</summary>
    public Operation Path(string name, Schema.Property property, JsonNode example) => Parameter(ParameterLocation.Path, name, property, example);

    /// <summary>A query parameter.</summary>
    public Operation Query(string name, Schema.Property property, JsonNode? example = null) => Parameter(ParameterLocation.Query, name, property, example);

    /// <summary>A request header.</summary>
    public Operation Header(string name, Schema.Property property, JsonNode? example = null) => Parameter(ParameterLocation.Header, name, property, example);

    /// <summary>A form that the body can have.</summary>
    public Operation Body(string contentType, IOpenApiSchema schema, string example)
    {
        _operation.RequestBody ??= new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>() };
        _operation.RequestBody.Content!.Add(contentType, Media(contentType, schema, example));
        return this;
    }

    /// <summary>A good answer, in a form that it can have.</summary>
    public Operation Answer(int status, string description, string contentType, IOpenApiSchema schema, string example, params (string Name, OpenApiHeader Header)[] headers)
    {
        string code = status.ToString(CultureInfo.InvariantCulture);
        if (!_operation.Responses!.TryGetValue(code, out IOpenApiResponse? response))
        {
            response = new OpenApiResponse
            {
                Description = description,
                Headers = Of(headers),
                Content = new Dictionary<string, OpenApiMediaType>(),
            };
            _operation.Responses.Add(code, response);
        }

        response.Content!.Add(contentType, Media(contentType, schema, example));
        return this;
    }

    /// <summary>A good answer in JSON.</summary>
    public Operation Answer(int status, string description, IOpenApiSchema schema, string example, params (string Name, OpenApiHeader Header)[] headers) =>
        Answer(status, description, MediaTypeNames.Application.Json, schema, example, headers);

    /// <summary>A good answer without a body.</summary>
    public Operation Answer(int status, string description, params (string Name, OpenApiHeader Header)[] headers)
    {
        _operation.Responses!.Add(
            status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse { Description = description, Headers = Of(headers) });
        return this;
    }

    /// <summary>The problems that it can answer.</summary>
    public Operation Problem(params IEnumerable<int> statuses) => Problem(statuses, headers: []);

    /// <summary>The problems that it can answer, with headers that they may have besides their own.</summary>
    public Operation Problem(IEnumerable<int> statuses, params (string Name, OpenApiHeader Header)[] headers)
    {
        foreach ((string status, IOpenApiResponse response) in statuses.Select(status => Problems.Of(status, document, headers)))
        {
            _operation.Responses!.Add(status, response);
        }

        return this;
    }

    private static Dictionary<string, IOpenApiHeader>? Of((string Name, OpenApiHeader Header)[] headers) =>
        headers.Length == 0 ? null : headers.ToDictionary(header => header.Name, header => (IOpenApiHeader)header.Header);

    private static OpenApiMediaType Media(string contentType, IOpenApiSchema schema, string example) => new()
    {
        Schema = schema,
        Example = contentType is MediaTypeNames.Application.Json or MediaTypeNames.Application.ProblemJson ? JsonNode.Parse(example) : JsonValue.Create(example),
    };

    private Operation Parameter(ParameterLocation location, string name, Schema.Property property, JsonNode? example)
    {
        _operation.Parameters!.Add(new OpenApiParameter
        {
            Name = name,
            In = location,
            Required = !property.IsOptional,
            Description = property.Schema.Description,
            Schema = property.Schema,
            Example = example,
        });
        return this;
    }
}

/// <summary>The headers of answers.</summary>
internal static class ResponseHeaders
{
    public static OpenApiHeader RetryAfter => Header("Seconds to wait before the next try, where somebody knows.", "20");

    public static OpenApiHeader ServedBy => Header("The regions that served the answer's model calls, in order.", "swedencentral, francecentral");

    public static OpenApiHeader ConversationId => Header("Continues the conversation: send it as conversationId.", "6f1c3f0e2b0a4f7e9d1a5b8c7e6d4f32");

    public static OpenApiHeader Location => Header("The address of the stored request.", "/api/MaintenanceRequests/019ba40e-ec00-76a0-838c-acb4e355eec8");

    public static OpenApiHeader Link => Header("The address of the next page, with rel=\"next\"; absent on the last one.", "</api/MaintenanceRequests?continuation_token=...>; rel=\"next\"");

    public static OpenApiHeader ETag => Header("Names this answer: send it in If-None-Match to get 304 as long as it is the same.", "\"0uQ3ffK1lzT0mM8uHhVn5g\"");

    private static OpenApiHeader Header(string description, string example) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example };
}
