using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A request as the skills look at it.</summary>
/// <param name="Messages">The conversation so far.</param>
/// <param name="UserText">The person's last message; empty where there is none.</param>
/// <param name="SystemText">What the application told the model.</param>
/// <param name="Results">What the calls made since that message gave, in their order.</param>
/// <param name="AllResults">What all calls of the conversation gave, in their order.</param>
/// <param name="Tools">The functions that may be called now.</param>
/// <param name="MustCallTool">Whether the application insists on a call.</param>
internal sealed record DialogueTurn(
    IReadOnlyList<ChatMessage> Messages,
    string UserText,
    string SystemText,
    IReadOnlyList<ToolResult> Results,
    IReadOnlyList<ToolResult> AllResults,
    IReadOnlyList<ToolDefinition> Tools,
    bool MustCallTool)
{
    public static DialogueTurn From(ChatRequest request)
    {
        IReadOnlyList<ChatMessage> messages = request.Messages;
        int lastUser = messages.Count - 1;
        while (lastUser >= 0 && messages[lastUser].Role is not ChatRole.User)
        {
            lastUser--;
        }

        return new DialogueTurn(
            messages,
            lastUser >= 0 ? messages[lastUser].Text : "",
            string.Join('\n', messages.Where(message => message.Role is ChatRole.System).Select(message => message.Text)),
            ResultsAfter(messages, lastUser),
            ResultsAfter(messages, -1),
            CallableTools(request),
            request.ToolChoice.Mode is ToolChoiceMode.Required);
    }

    /// <summary>The things that a function listed when it last did; null where it has not.</summary>
    public EntityList? Listed(ToolDefinition source) => AllResults
        .Where(result => result.Tool == source.Name)
        .Select(result => EntityList.TryRead(result.Text))
        .LastOrDefault(list => list is not null);

    /// <summary>What a function was last called with; nothing where that is not known.</summary>
    public JsonObject LastArgumentsOf(ToolDefinition tool)
    {
        ToolCall? last = Messages.SelectMany(message => message.ToolCalls).LastOrDefault(call => call.Name == tool.Name);
        try
        {
            return last is not null && JsonNode.Parse(last.Arguments) is JsonObject arguments ? arguments : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static List<ToolResult> ResultsAfter(IReadOnlyList<ChatMessage> messages, int start)
    {
        var results = new List<ToolResult>();
        IReadOnlyList<ToolCall> calls = [];
        for (int index = start + 1; index < messages.Count; index++)
        {
            ChatMessage message = messages[index];
            if (message.Role is ChatRole.Assistant)
            {
                calls = message.ToolCalls;
            }
            else if (message.Role is ChatRole.Tool)
            {
                results.Add(new ToolResult(calls.First(call => call.Id == message.ToolCallId).Name, message.Text));
            }
        }

        return results;
    }

    private static IReadOnlyList<ToolDefinition> CallableTools(ChatRequest request) => request.ToolChoice switch
    {
        { Mode: ToolChoiceMode.None } => [],
        { Function: { } name } => [request.Tools.First(tool => tool.Name == name)],
        _ => request.Tools,
    };
}
