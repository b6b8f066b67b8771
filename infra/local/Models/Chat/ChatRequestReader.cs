using System.Text.Json;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Reads a chat completion request, refusing what Azure OpenAI would refuse.</summary>
internal static class ChatRequestReader
{
    private const int ContextLength = 272_000;

    // The marks around the answer, in every chat model's prompt.
    private const int AnswerOverhead = 3;

    // What reasoning models do not take.
    private static readonly string[] Unsupported =
        ["max_tokens", "temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "logit_bias"];

    public static ChatRequest Read(JsonElement body, RecentTools recentTools)
    {
        if (Unsupported.FirstOrDefault(name => body.Optional(name) is not null) is { } unsupported)
        {
            throw new ModelRequestException(ModelError.UnsupportedParameter(unsupported, unsupported == "max_tokens" ? "max_completion_tokens" : null));
        }

        IReadOnlyList<ChatMessage> messages = ChatMessageReader.Read(body.Required("messages"));
        OfferedTools offered = body.Optional("tools") is { } tools ? recentTools.Read(tools) : OfferedTools.None;
        CheckAnswerFormat(body.Optional("response_format"));
        CheckReasoning(body.Optional("reasoning_effort"), offered);
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
            body.Optional("max_completion_tokens")?.PositiveInteger("max_completion_tokens"),
            stream,
            ReadIncludeUsage(body.Optional("stream_options"), stream),
            promptTokens);
    }

    private static void CheckReasoning(JsonElement? effort, OfferedTools offered)
    {
        switch (effort?.Text("reasoning_effort"))
        {
            case null or "none":
            case "low" or "medium" or "high" or "xhigh" when offered.Tools.Count == 0:
                return;
            case "low" or "medium" or "high" or "xhigh":
                throw new ModelRequestException(ModelError.Invalid(
                    "Function tools are not supported with 'reasoning_effort' for this model. Leave it out, or set it to 'none'.", "reasoning_effort", "unsupported_value"));
            case { } other:
                throw new ModelRequestException(ModelError.Invalid(
                    $"Unsupported value: '{other}' is not supported with this model. Supported values are: 'none', 'low', 'medium', 'high', and 'xhigh'.",
                    "reasoning_effort",
                    "unsupported_value"));
        }
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

    private static void CheckAnswerFormat(JsonElement? format)
    {
        switch (format?.Object("response_format").Required("type", "response_format.type").Text("response_format.type"))
        {
            case null or "text":
                return;
            case "json_object" or "json_schema":
                throw new ModelRequestException(ModelError.Invalid(
                    "This simulated model answers in plain text only: leave 'response_format' out.", "response_format.type", "unsupported_value"));
            default:
                throw new ModelRequestException(ModelError.Invalid(
                    "'response_format.type' must be one of text, json_object and json_schema.", "response_format.type"));
        }
    }
}
