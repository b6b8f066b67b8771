using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>What the model says: a text, or else the call it wants made.</summary>
internal sealed record DialogueReply(string? Text, ToolCall? Call = null)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DialogueReply Calling(ToolDefinition tool, JsonObject? arguments = null) =>
        new(null, new ToolCall($"call_{Guid.NewGuid():N}", tool.Name, (arguments ?? []).ToJsonString(Options)));
}
