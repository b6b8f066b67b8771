using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What the model says: a text, or the calls it wants made.</summary>
internal sealed class DialogueReply
{
    private DialogueReply(string? text, IReadOnlyList<ToolCall> toolCalls)
    {
        Text = text;
        ToolCalls = toolCalls;
    }

    /// <summary>The text; null where calls are wanted instead.</summary>
    public string? Text { get; }

    public IReadOnlyList<ToolCall> ToolCalls { get; }

    public static DialogueReply Say(string text) => new(text, []);

    public static DialogueReply Call(ToolDefinition tool, string arguments) =>
        new(null, [new ToolCall($"call_{Guid.NewGuid():N}", tool.Name, arguments)]);
}
