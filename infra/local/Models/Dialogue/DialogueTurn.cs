using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A request as the script looks at it.</summary>
internal sealed class DialogueTurn(ChatRequest request)
{
    /// <summary>What the person said, message by message.</summary>
    public IReadOnlyList<Utterance> Said { get; } =
    [
        .. from item in request.Messages.Index()
           where item.Item.Role is ChatRole.User
           let before = request.Messages.Take(item.Index).LastOrDefault(message => message is { Role: ChatRole.Assistant, Text.Length: > 0 })
           select new Utterance(item.Item.Text.Trim(), before?.Text ?? "", item.Index),
    ];

    /// <summary>What the calls of the conversation gave.</summary>
    public IReadOnlyList<ToolResult> Results { get; } =
    [
        .. from item in request.Messages.Index()
           where item.Item.Role is ChatRole.Tool
           let call = request.Messages.Take(item.Index).SelectMany(message => message.ToolCalls).Last(call => call.Id == item.Item.ToolCallId)
           select new ToolResult(call.Name, ToolResult.Parse(call.Arguments) as JsonObject ?? [], item.Item.Text, item.Index),
    ];

    /// <summary>The functions that may be called now.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; } = request.ToolChoice.Mode is ToolChoiceMode.None ? []
        : [.. request.Tools.Where(tool => request.ToolChoice.Function is not { } only || tool.Name == only)];

    public bool MustCallTool => request.ToolChoice.Mode is ToolChoiceMode.Required;

    /// <summary>The person's last message; empty where there is none.</summary>
    public string UserText => Said is [.., var last] ? last.Text : "";

    /// <summary>What the calls gave that were made since that message.</summary>
    public IReadOnlyList<ToolResult> NewResults => field ??= [.. Results.Where(result => result.Index > (Said is [.., var last] ? last.Index : -1))];

    /// <summary>What the application told the model.</summary>
    public string SystemText => string.Join('\n', request.Messages.Where(message => message.Role is ChatRole.System).Select(message => message.Text));

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
