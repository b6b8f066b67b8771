using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>
/// The model behind the chat operation: a short script in place of a neural network, driven by the tools that it is offered. It
/// keeps nothing between calls, since the protocol sends the whole conversation every time.
/// </summary>
internal static partial class DialogueModel
{
    public static DialogueReply Reply(ChatRequest request)
    {
        var turn = new DialogueTurn(request);
        Draft? draft = turn.MustCallTool ? null : Draft.Of(turn);
        return draft?.Reply() ?? Lookup.Reply(turn, draft?.OtherTools ?? turn.Tools) ?? new DialogueReply(
            Greeting().IsMatch(turn.UserText) ? "Hello! I am the simulated model of this machine. Ask me about hotels, bookings or something that needs repair."
            : draft?.State
            ?? $"You said: {turn.UserText}\n\nI am a simulated model and have no rule for this. Ask me about hotels, bookings or repairs.");
    }

    [GeneratedRegex(@"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day))\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();
}

/// <summary>What the model says: a text, or else the call it wants made.</summary>
internal sealed record DialogueReply(string? Text, ToolCall? Call = null)
{
    public static DialogueReply Calling(ToolDefinition tool, JsonObject? arguments = null) =>
        new(null, new ToolCall($"call_{Guid.NewGuid():N}", tool.Name, (arguments ?? []).ToJsonString()));
}
