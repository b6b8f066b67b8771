using System.Text.Json;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>A chat completion request, checked and read.</summary>
/// <param name="Messages">The conversation so far.</param>
/// <param name="Tools">The functions on offer.</param>
/// <param name="ToolChoice">Whether to call one.</param>
/// <param name="MaxTokens">The longest answer; null for any.</param>
/// <param name="Stream">Whether the answer is streamed.</param>
/// <param name="IncludeUsage">Whether a stream ends with the tokens used.</param>
/// <param name="PromptTokens">The tokens of messages and functions.</param>
internal sealed record ChatRequest(
    IReadOnlyList<ChatMessage> Messages,
    IReadOnlyList<ToolDefinition> Tools,
    ToolChoice ToolChoice,
    int? MaxTokens,
    bool Stream,
    bool IncludeUsage,
    int PromptTokens)
{
    private const int ContextLength = 272_000;

    // The marks around the answer, in every chat model's prompt.
    private const int AnswerOverhead = 3;

    // What reasoning models do not take.
    private static readonly string[] Unsupported =
        ["max_tokens", "temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "logit_bias"];

    /// <summary>Reads a request, refusing what Azure OpenAI would refuse.</summary>
    public static ChatRequest Read(Field body, RecentTools recentTools)
    {
        if (Unsupported.FirstOrDefault(name => body.Optional(name) is not null) is { } unsupported)
        {
            throw new ModelRequestException(
                $"Unsupported parameter: '{unsupported}' is not supported with this model.{(unsupported == "max_tokens" ? " Use 'max_completion_tokens' instead." : "")}",
                unsupported,
                "unsupported_parameter");
        }

        List<ChatMessage> messages = ChatMessage.ReadAll(body.Required("messages"));
        OfferedTools offered = body.Optional("tools") is { } tools ? recentTools.Read(tools.Json) : OfferedTools.None;
        CheckAnswerFormat(body.Optional("response_format"));
        CheckReasoning(body.Optional("reasoning_effort")?.Text(), offered);
        if (body.Optional("n")?.PositiveInteger() > 1)
        {
            throw new ModelRequestException("This simulated model gives one choice only: leave 'n' out or at 1.", "n", "unsupported_value");
        }

        bool stream = body.Optional("stream")?.Flag() ?? false;
        Field? streamOptions = body.Optional("stream_options");
        if (streamOptions is not null && !stream)
        {
            throw new ModelRequestException("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
        }

        int promptTokens = AnswerOverhead + messages.Sum(message => message.Tokens) + offered.Tokens;
        return promptTokens > ContextLength
            ? throw new ModelRequestException(ModelError.ContextLengthExceeded(ContextLength, promptTokens, "messages", "context_length_exceeded"))
            : new ChatRequest(
                messages,
                offered.Tools,
                ToolChoice.Read(body.Optional("tool_choice"), offered.Tools),
                body.Optional("max_completion_tokens")?.PositiveInteger(),
                stream,
                streamOptions?.Optional("include_usage")?.Flag() ?? false,
                promptTokens);
    }

    private static void CheckReasoning(string? effort, OfferedTools offered)
    {
        string? problem = effort is not (null or "none" or "low" or "medium" or "high" or "xhigh")
            ? $"Unsupported value: '{effort}' is not supported with this model. Supported values are: 'none', 'low', 'medium', 'high', and 'xhigh'."
            : effort is not (null or "none") && offered.Tools.Count > 0
            ? "Function tools are not supported with 'reasoning_effort' for this model. Leave it out, or set it to 'none'."
            : null;
        if (problem is not null)
        {
            throw new ModelRequestException(problem, "reasoning_effort", "unsupported_value");
        }
    }

    private static void CheckAnswerFormat(Field? format)
    {
        switch (format?.Required("type").Text())
        {
            case null or "text":
                return;
            case "json_object" or "json_schema":
                throw new ModelRequestException(
                    "This simulated model answers in plain text only: leave 'response_format' out.", "response_format.type", "unsupported_value");
            default:
                throw new ModelRequestException("'response_format.type' must be one of text, json_object and json_schema.", "response_format.type");
        }
    }
}

/// <summary>One message of a conversation. The role system stands for developer as well; without a text it has an empty one.</summary>
internal sealed record ChatMessage(string Role, string Text, IReadOnlyList<ToolCall> ToolCalls, string? ToolCallId = null)
{
    // Role and delimiters of a message in a chat model's prompt.
    private const int Overhead = 4;

    public int Tokens => Overhead + TokenCounter.Count(Text) + ToolCalls.Sum(call => call.Tokens);

    /// <summary>Reads a conversation, in which calls and their results have to belong together.</summary>
    public static List<ChatMessage> ReadAll(Field messages)
    {
        var read = new List<ChatMessage>();
        var unanswered = new HashSet<string>(StringComparer.Ordinal);
        foreach (Field field in messages.Items())
        {
            ChatMessage message = Read(field);
            if (message.Role is not "tool")
            {
                CheckAllAnswered(unanswered, field.Path);
            }
            else if (!unanswered.Remove(message.ToolCallId!))
            {
                throw new ModelRequestException(
                    "A message with role 'tool' must answer a call in the 'tool_calls' of the assistant message before it.", field.Path);
            }

            unanswered.UnionWith(message.ToolCalls.Select(call => call.Id));
            read.Add(message);
        }

        CheckAllAnswered(unanswered, messages.Path);
        return read;
    }

    private static void CheckAllAnswered(HashSet<string> unanswered, string path)
    {
        if (unanswered.Count > 0)
        {
            throw new ModelRequestException(
                $"An assistant message with 'tool_calls' must be followed by a tool message for each 'tool_call_id'. Without one: {string.Join(", ", unanswered)}.",
                path);
        }
    }

    private static ChatMessage Read(Field message)
    {
        Field field = message.Required("role");
        string role = field.Text() is "developer" ? "system" : field.Text();
        if (role is not ("system" or "user" or "assistant" or "tool"))
        {
            throw new ModelRequestException($"'{field.Path}' must be one of system, developer, user, assistant and tool.", field.Path);
        }

        ToolCall[] calls = role is "assistant" && message.Optional("tool_calls") is { } list ? [.. list.Items().Select(ToolCall.Read)] : [];
        string text = calls.Length > 0 && message.Optional("content") is null ? "" : ReadContent(message);
        return new ChatMessage(role, text, calls, role is "tool" ? message.Required("tool_call_id").Text() : null);
    }

    /// <summary>Content is a text, or a list of parts of which only the texts mean something here.</summary>
    private static string ReadContent(Field message)
    {
        Field content = message.Required("content");
        return content.Json.ValueKind switch
        {
            JsonValueKind.String => content.Text(),
            JsonValueKind.Array => string.Join(
                '\n', content.Items().Where(part => part.Required("type").Text() is "text").Select(part => part.Required("text").Text())),
            _ => throw content.WrongType("a string or an array of parts"),
        };
    }
}

/// <summary>A function the model asks the application to call.</summary>
internal sealed record ToolCall(string Id, string Name, string Arguments)
{
    public int Tokens => TokenCounter.Count(Name) + TokenCounter.Count(Arguments);

    public static ToolCall Read(Field call)
    {
        Field function = call.Required("function");
        return new ToolCall(call.Required("id").Text(), function.Required("name").Text(), function.Optional("arguments")?.Text() ?? "");
    }
}
