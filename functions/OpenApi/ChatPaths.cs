using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Gateway;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Chat.</summary>
internal static class ChatPaths
{
    public static void AddTo(OpenApiDocument document, ChatSettings settings)
    {
        document.AddComponent<IOpenApiSchema>("TokenUsage", Schema.Object(
            "Tokens over all model calls of an answer.",
            ("promptTokens", Schema.WholeNumber("Tokens sent to the model.")),
            ("completionTokens", Schema.WholeNumber("Tokens that it answered.")),
            ("totalTokens", Schema.WholeNumber("Both.")),
            ("cost", Schema.Number("What they cost, in US dollars; null where the settings have no price of the chat model.", 0).OrNull())));
        document.AddComponent<IOpenApiSchema>("ChatReply", Schema.Object(
            "An answer and what is known about it.",
            ("reply", Schema.Text("The model's text.")),
            ("servedBy", Schema.List("The regions that served the model calls, in order.", Schema.Text("A region.").Schema)),
            ("usage", new Schema.Property(new OpenApiSchemaReference("TokenUsage", document)).OrNull()),
            ("refused", Schema.Flag("Whether the model refused to answer; the reply is then its refusal."))));

        Schema.Property message = Schema.Text("What the user says.", maxLength: settings.MaxMessageLength);
        Operation.Add(
                document, "Chat", HttpMethod.Post, "/Chat", "Chat", "One question, one answer",
                "Nothing is remembered between calls. Accept chooses the form of the answer; without it, it is text.")
            .Body("application/x-www-form-urlencoded", Schema.Object("The dashboard's form.", ("message", message)), "message=How+many+hotels+do+we+have%3F")
            .Body("multipart/form-data", Schema.Object("The same in parts.", ("message", message)), "message=How many hotels do we have?")
            .Body("application/json", Schema.Object("The same in JSON.", ("message", message)), """{"message": "How many hotels do we have?"}""")
            .Answer(
                200, "The answer.", "text/plain", Schema.Text("The model's text.").Schema, "We have fourteen hotels.",
                (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy))
            .Answer(
                200, "The answer.", new OpenApiSchemaReference("ChatReply", document),
                """{"reply": "We have fourteen hotels.", "servedBy": ["swedencentral"], "usage": {"promptTokens": 95, "completionTokens": 8, "totalTokens": 103, "cost": 0.000117975}, "refused": false}""")
            .Answer(
                200, "The answer.", "text/event-stream",
                Schema.Text("The text as it comes, then an event 'done' with servedBy, usage and refused, or an event 'error' with a problem.").Schema,
                "data: {\"text\":\"We have \"}\n\ndata: {\"text\":\"fourteen hotels.\"}\n\nevent: done\ndata: {\"servedBy\":[\"swedencentral\"],\"usage\":null,\"refused\":false}\n\n")
            .Problem(408, 413, 415)
            .Problem([400, .. Problems.OfModelCalls], (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy));
    }
}
