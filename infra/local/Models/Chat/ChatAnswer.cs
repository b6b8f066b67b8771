using ContosoSuites.Local.Models.Dialogue;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>A reply with what the wire adds to it.</summary>
internal sealed record ChatAnswer(
    string Id, long Created, string Model, string? Text, IReadOnlyList<ToolCall> ToolCalls, string? FinishReason, ModelUsage Usage)
{
    /// <summary>The refusal that a model says in place of a text.</summary>
    public string? Refusal { get; init; }

    /// <summary>What a stream says after its end.</summary>
    public string? AfterEnd { get; init; }

    public static ChatAnswer Create(ChatRequest request, DialogueReply reply, string model, DateTimeOffset now)
    {
        string id = $"chatcmpl-{Guid.NewGuid():N}";
        long created = now.ToUnixTimeSeconds();
        if (reply.Text is not { } text)
        {
            ToolCall call = reply.Call!;
            int callTokens = TokenCounter.Count(call.Name) + TokenCounter.Count(call.Arguments);
            return new ChatAnswer(
                id, created, model, null, [call], Chat.FinishReason.ToolCalls, new ModelUsage(request.PromptTokens, callTokens));
        }

        string kept = request.MaxTokens is { } limit ? TokenCounter.Truncate(text, limit) : text;
        return new ChatAnswer(
            id,
            created,
            model,
            kept,
            [],
            kept.Length < text.Length ? Chat.FinishReason.Length : Chat.FinishReason.Stop,
            new ModelUsage(request.PromptTokens, TokenCounter.Count(kept)));
    }
}
