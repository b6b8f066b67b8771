using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

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
