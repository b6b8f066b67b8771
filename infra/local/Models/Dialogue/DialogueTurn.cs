using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A request as the skills look at it.</summary>
/// <param name="Messages">The conversation so far.</param>
/// <param name="UserText">The person's last message; empty where there is none.</param>
/// <param name="Results">What the calls made since that message gave, in their order.</param>
/// <param name="Tools">The functions that may be called now.</param>
/// <param name="MustCallTool">Whether the application insists on a call.</param>
internal sealed record DialogueTurn(
    IReadOnlyList<ChatMessage> Messages,
    string UserText,
    IReadOnlyList<ToolResult> Results,
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
            ResultsAfter(messages, lastUser),
            CallableTools(request),
            request.ToolChoice.Mode is ToolChoiceMode.Required);
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
