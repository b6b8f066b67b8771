using System.Text.Json;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Reads a chat completion request, refusing what Azure OpenAI would refuse.</summary>
internal static class ChatRequestReader
{
    private const int ContextLength = 272_000;

    // The marks around the answer, in every chat model's prompt.
    private const int AnswerOverhead = 3;

    public static ChatRequest Read(JsonElement body, RecentTools recentTools)
    {
        IReadOnlyList<ChatMessage> messages = ChatMessageReader.Read(body.Required("messages"));
        OfferedTools offered = body.Optional("tools") is { } tools ? recentTools.Read(tools) : OfferedTools.None;
        bool stream = body.Optional("stream")?.Flag("stream") ?? false;

        if (body.Optional("n")?.PositiveInteger("n") > 1)
        {
            throw new ModelRequestException(
                ModelError.Invalid("This simulated model gives one choice only: leave 'n' out or at 1.", "n", "unsupported_value"));
        }

        int promptTokens = AnswerOverhead + messages.Sum(ChatMessageReader.CountTokens) + offered.Tokens;
        if (promptTokens > ContextLength)
        {
            throw new ModelRequestException(ModelError.ContextLengthExceeded(ContextLength, promptTokens, "messages"));
        }

        return new ChatRequest(
            messages,
            offered.Tools,
            ToolReader.ReadChoice(body.Optional("tool_choice"), offered.Tools),
            ReadAnswerFormat(body.Optional("response_format")),
            (body.Optional("max_completion_tokens") ?? body.Optional("max_tokens"))?.PositiveInteger("max_completion_tokens"),
            stream,
            ReadIncludeUsage(body.Optional("stream_options"), stream),
            promptTokens);
    }

    private static bool ReadIncludeUsage(JsonElement? options, bool stream)
    {
        if (options is not { } value)
        {
            return false;
        }

        if (!stream)
        {
            throw new ModelRequestException(ModelError.Invalid(
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options"));
        }

        return value.Object("stream_options").Optional("include_usage")?.Flag("stream_options.include_usage") ?? false;
    }

    private static JsonElement? ReadAnswerFormat(JsonElement? format)
    {
        if (format is not { } value)
        {
            return null;
        }

        switch (value.Object("response_format").Required("type", "response_format.type").Text("response_format.type"))
        {
            case "text":
                return null;
            case "json_object":
                return JsonElement.Parse("{}");
            case "json_schema":
                return value.Required("json_schema", "response_format.json_schema").Object("response_format.json_schema")
                    .Required("schema", "response_format.json_schema.schema").Object("response_format.json_schema.schema");
            default:
                throw new ModelRequestException(ModelError.Invalid(
                    "'response_format.type' must be one of text, json_object and json_schema.", "response_format.type"));
        }
    }
}
