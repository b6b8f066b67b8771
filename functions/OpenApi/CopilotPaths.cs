using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>The maintenance copilot.</summary>
internal static class CopilotPaths
{
    private const string Id = "6f1c3f0e2b0a4f7e9d1a5b8c7e6d4f32";

    public static void AddTo(OpenApiDocument document, CopilotSettings settings)
    {
        document.AddComponent<IOpenApiSchema>("CopilotReply", Schema.Object(
            "The copilot's answer and what is known about it: usage is that of the turn, conversationUsage that of all turns so far, of which one that failed is none.",
            ("conversationId", Schema.Text("Continues the conversation.")),
            ("reply", Schema.Text("The copilot's text.")),
            ("savedRequestId", Schema.Text("The maintenance request that this turn saved.").OrNull()),
            ("servedBy", Schema.List("The regions that served the model calls, in order.", Schema.Text("A region.").Schema)),
            ("usage", new Schema.Property(new OpenApiSchemaReference("TokenUsage", document)).OrNull()),
            ("conversationUsage", new Schema.Property(new OpenApiSchemaReference("TokenUsage", document)).OrNull()),
            ("refused", Schema.Flag("Whether the model refused to answer; the reply is then its refusal."))));
        document.AddComponent<IOpenApiSchema>("CopilotMessage", new OpenApiSchema
        {
            Description = "A message to the copilot. A bare text continues the conversation of the caller, known by function key and address.",
            AnyOf =
            [
                Schema.Text("What the user says.", maxLength: settings.MaxMessageLength).Schema,
                Schema.Object(
                    "The same with the conversation named.",
                    ("message", Schema.Text("What the user says.", maxLength: settings.MaxMessageLength)),
                    ("conversationId", Schema.Text("From an earlier answer; a new conversation starts without it.").OrNull().Optional)),
            ],
        });

        Operation.Add(
                document, "Maintenance copilot", HttpMethod.Post, "/MaintenanceCopilotChat", "MaintenanceCopilotChat",
                "One turn of a conversation that ends in a saved maintenance request",
                "Nothing is saved before the user has seen the draft and answered. A turn that fails leaves the conversation as it was: send the message again. Accept chooses the form of the answer.")
            .Body("application/json", new OpenApiSchemaReference("CopilotMessage", document), $$"""{"message": "Yes, save it.", "conversationId": "{{Id}}"}""")
            .Answer(
                200, "The answer.", "text/plain", Schema.Text("The copilot's text.").Schema, "Which room is it?",
                (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy), (CopilotFunction.ConversationHeader, ResponseHeaders.ConversationId))
            .Answer(
                200, "The answer.", new OpenApiSchemaReference("CopilotReply", document),
                $$"""
                {
                  "conversationId": "{{Id}}", "reply": "Which room is it?", "savedRequestId": null, "servedBy": ["swedencentral"],
                  "usage": {"promptTokens": 1400, "completionTokens": 30, "totalTokens": 1430, "cost": 0.0013035},
                  "conversationUsage": {"promptTokens": 2600, "completionTokens": 70, "totalTokens": 2670, "cost": 0.0024915}, "refused": false
                }
                """)
            .Answer(
                200, "The answer.", "text/event-stream",
                Schema.Text("The text as it comes, then an event 'done' with what the JSON form tells, or an event 'error' with a problem.").Schema,
                $"data: {{\"text\":\"Which room \"}}\n\ndata: {{\"text\":\"is it?\"}}\n\nevent: done\ndata: {{\"conversationId\":\"{Id}\",\"reply\":\"Which room is it?\"}}\n\n")
            .Problem(404, 408, 415)
            .Problem(
                [400, 409, 413, .. Problems.OfModelCalls],
                (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy), (CopilotFunction.ConversationHeader, ResponseHeaders.ConversationId));
    }
}
