using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A request as the script looks at it.</summary>
internal sealed class DialogueTurn
{
    public DialogueTurn(ChatRequest request)
    {
        Messages = request.Messages;
        MustCallTool = request.ToolChoice.Mode is ToolChoiceMode.Required;
        Tools = request.ToolChoice.Mode is ToolChoiceMode.None ? []
            : [.. request.Tools.Where(tool => request.ToolChoice.Function is not { } only || tool.Name == only)];
        ILookup<string, ToolCall> calls = Messages.SelectMany(message => message.ToolCalls).ToLookup(call => call.Id);
        Results =
        [
            .. from item in Messages.Index()
               where item.Item.Role is ChatRole.Tool
               let call = calls[item.Item.ToolCallId!].Last()
               select new ToolResult(call.Name, ToolResult.Parse(call.Arguments) as JsonObject ?? [], item.Item.Text, item.Index),
        ];
        int user = Messages.ToList().FindLastIndex(message => message.Role is ChatRole.User);
        UserText = user >= 0 ? Messages[user].Text.Trim() : "";
        NewResults = [.. Results.Where(result => result.Index > user)];
    }

    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The functions that may be called now.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; }

    /// <summary>Whether the application insists on a call.</summary>
    public bool MustCallTool { get; }

    /// <summary>The person's last message; empty where there is none.</summary>
    public string UserText { get; }

    /// <summary>What the application told the model.</summary>
    public string SystemText => string.Join('\n', Messages.Where(message => message.Role is ChatRole.System).Select(message => message.Text));

    /// <summary>What the calls of the conversation gave, in their order.</summary>
    public IReadOnlyList<ToolResult> Results { get; }

    /// <summary>What those gave that were made since the last message.</summary>
    public IReadOnlyList<ToolResult> NewResults { get; }

    /// <summary>
    /// The function that lists the things whose id a parameter takes: the one that is called after them, as <c>get_hotels</c> for
    /// <c>hotel_id</c>. Null where the parameter is no such id.
    /// </summary>
    public ToolDefinition? SourceOf(ToolParameter parameter) => parameter.NameWords.Contains("id")
        ? Tools.FirstOrDefault(tool => !tool.Parameters.Any(other => other.Required) && tool.NameWords.SetEquals(parameter.NameWords.Where(word => word != "id")))
        : null;

    /// <summary>The things whose id a parameter takes, as they were last listed; none where they were not.</summary>
    public IReadOnlyList<Entity> Known(ToolParameter parameter) => SourceOf(parameter) is not { } source ? []
        : Results.Where(result => result.Tool == source.Name).Select(result => result.Entities).LastOrDefault(list => list.Count > 0) ?? [];
}
