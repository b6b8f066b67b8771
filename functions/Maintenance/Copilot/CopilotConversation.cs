using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>What a conversation with the copilot holds between its turns. A turn works on a copy and stores it whole, or not at all.</summary>
internal sealed class CopilotConversation
{
    /// <summary>Who began it, as <see cref="ConversationOwner"/> tells.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The messages of past turns that are still remembered, tool calls and results included; the oldest first.</summary>
    public List<ChatMessage> Messages { get; init; } = [];

    /// <summary>How many turns there have been.</summary>
    public int Turns { get; set; }

    /// <summary>The tokens of the turns' model calls; null where they are not known of every turn.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>The draft that waits for approval.</summary>
    public MaintenanceDraft? Draft { get; set; }

    /// <summary>The drafts that were saved.</summary>
    public List<SavedDraft> Saved { get; init; } = [];

    /// <summary>
    /// Adds a turn. A call that was not carried out, as its turn had used up its model calls, is left out, and so is a message
    /// that says nothing: models refuse a history with either.
    /// </summary>
    /// <param name="message">What the user said.</param>
    /// <param name="answer">The messages of the model and of the tools.</param>
    public void Remember(ChatMessage message, ChatResponse answer)
    {
        Count(answer.Usage);
        Messages.Add(message);
        HashSet<string> carriedOut = [.. answer.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(result => result.CallId)];
        foreach (ChatMessage part in answer.Messages)
        {
            part.Contents = [.. part.Contents.Where(content => content switch
            {
                FunctionCallContent call => carriedOut.Contains(call.CallId),
                TextContent text => !string.IsNullOrWhiteSpace(text.Text),
                _ => content is FunctionResultContent,
            })];
            if (part.Contents.Count > 0)
            {
                Messages.Add(part);
            }
        }
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    public static CopilotConversation Deserialize(string content) =>
        JsonSerializer.Deserialize<CopilotConversation>(content, AIJsonUtilities.DefaultOptions)
        ?? throw new InvalidDataException("A stored conversation is empty.");

    /// <summary>The conversation as text for the store.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, AIJsonUtilities.DefaultOptions);

    /// <summary>
    /// Forgets whole turns, the oldest first, until what remains is within the budget; the last turn always stays. A turn goes
    /// whole because a tool's result without its call, or the reverse, is refused by the model.
    /// </summary>
    /// <param name="maxTokens">The budget, at about four characters a token.</param>
    public void Trim(int maxTokens)
    {
        int[] costs = [.. Messages.Select(EstimateTokens)];
        int total = costs.Sum();
        int first = 0;
        while (total > maxTokens && NextTurn(first) is { } next)
        {
            total -= costs.AsSpan(first, next - first).ToArray().Sum();
            first = next;
        }

        Messages.RemoveRange(0, first);
    }

    private void Count(UsageDetails? used)
    {
        if (Turns == 1)
        {
            Usage = new UsageDetails();
        }

        // Of a turn that did not say, or that was stored before turns were counted, there is no telling what the sum would be.
        if (Usage is not null && used is not null)
        {
            Usage.Add(used);
        }
        else
        {
            Usage = null;
        }
    }

    private int? NextTurn(int from)
    {
        int next = Messages.FindIndex(from + 1, message => message.Role == ChatRole.User);
        return next < 0 ? null : next;
    }

    private static int EstimateTokens(ChatMessage message) =>
        4 + (JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions).Length / 4);
}

/// <summary>A maintenance request that the copilot has written down and not saved.</summary>
/// <param name="DraftId">Identifies the draft; the idempotency key of its saving.</param>
/// <param name="Turn">The turn in which it was written, and so first shown.</param>
/// <param name="Fields">What it says.</param>
internal sealed record MaintenanceDraft(
    [property: JsonPropertyName("draft_id")] string DraftId,
    [property: JsonPropertyName("turn")] int Turn,
    [property: JsonPropertyName("request")] NewMaintenanceRequest Fields);

/// <summary>A draft that was saved in a conversation.</summary>
/// <param name="DraftId">The draft.</param>
/// <param name="RequestId">The maintenance request that it became.</param>
internal sealed record SavedDraft(
    [property: JsonPropertyName("draft_id")] string DraftId,
    [property: JsonPropertyName("request_id")] string RequestId);
