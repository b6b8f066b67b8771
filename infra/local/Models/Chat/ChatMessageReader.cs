using System.Text.Json;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Reads the messages of a request and checks that calls and their results belong together.</summary>
internal static class ChatMessageReader
{
    // Role and delimiters of a message in a chat model's prompt.
    private const int MessageOverhead = 4;

    public static IReadOnlyList<ChatMessage> Read(JsonElement messages)
    {
        messages.FilledArray("messages");
        var read = new List<ChatMessage>(messages.GetArrayLength());
        var unanswered = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement element in messages.EnumerateArray())
        {
            string path = $"messages[{read.Count}]";
            ChatMessage message = ReadMessage(element.Object(path), path);
            if (message.Role is ChatRole.Tool)
            {
                if (!unanswered.Remove(message.ToolCallId!))
                {
                    throw new ModelRequestException(ModelError.Invalid(
                        "A message with role 'tool' must answer a call in the 'tool_calls' of the assistant message before it.", path));
                }
            }
            else
            {
                CheckAllAnswered(unanswered, path);
            }

            unanswered.UnionWith(message.ToolCalls.Select(call => call.Id));
            read.Add(message);
        }

        CheckAllAnswered(unanswered, "messages");
        return read;
    }

    public static int CountTokens(ChatMessage message) =>
        MessageOverhead
        + TokenCounter.Count(message.Text)
        + message.ToolCalls.Sum(call => TokenCounter.Count(call.Name) + TokenCounter.Count(call.Arguments));

    private static void CheckAllAnswered(HashSet<string> unanswered, string path)
    {
        if (unanswered.Count > 0)
        {
            throw new ModelRequestException(ModelError.Invalid(
                "An assistant message with 'tool_calls' must be followed by a tool message for each 'tool_call_id'. "
                + $"Without one: {string.Join(", ", unanswered)}.",
                path));
        }
    }

    private static ChatMessage ReadMessage(JsonElement message, string path)
    {
        string role = message.Required("role", $"{path}.role").Text($"{path}.role");
        switch (role)
        {
            case "system" or "developer":
                return new ChatMessage(ChatRole.System, ReadContent(message, path), []);
            case "user":
                return new ChatMessage(ChatRole.User, ReadContent(message, path), []);
            case "tool":
                string id = message.Required("tool_call_id", $"{path}.tool_call_id").Text($"{path}.tool_call_id");
                return new ChatMessage(ChatRole.Tool, ReadContent(message, path), [], id);
            case "assistant":
                List<ToolCall> calls = message.Optional("tool_calls") is { } list ? ReadCalls(list, $"{path}.tool_calls") : [];
                bool onlyCalls = calls.Count > 0 && message.Optional("content") is null;
                return new ChatMessage(ChatRole.Assistant, onlyCalls ? "" : ReadContent(message, path), calls);
            default:
                throw new ModelRequestException(ModelError.Invalid(
                    $"'{path}.role' must be one of system, developer, user, assistant and tool.", $"{path}.role"));
        }
    }

    /// <summary>Content is a text, or a list of parts of which only the texts mean something here.</summary>
    private static string ReadContent(JsonElement message, string path)
    {
        path += ".content";
        JsonElement content = message.Required("content", path);
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(part => ReadPart(part.Object(path), path)).OfType<string>()),
            _ => throw new ModelRequestException(ModelError.InvalidType(path, "a string or an array of parts")),
        };
    }

    private static string? ReadPart(JsonElement part, string path) =>
        part.Required("type", $"{path}.type").Text($"{path}.type") is "text"
            ? part.Required("text", $"{path}.text").Text($"{path}.text")
            : null;

    private static List<ToolCall> ReadCalls(JsonElement calls, string path)
    {
        var read = new List<ToolCall>();
        foreach (JsonElement call in calls.FilledArray(path).EnumerateArray())
        {
            JsonElement function = call.Object(path).Required("function", $"{path}.function").Object($"{path}.function");
            read.Add(new ToolCall(
                call.Required("id", $"{path}.id").Text($"{path}.id"),
                function.Required("name", $"{path}.function.name").Text($"{path}.function.name"),
                function.Optional("arguments")?.Text($"{path}.function.arguments") ?? ""));
        }

        return read;
    }
}
