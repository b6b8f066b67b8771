using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>
/// One turn: a message of the user's, the model calls and tool calls that answer it, and the storing of the conversation. Only
/// the storing makes it count; a maintenance request that a tool saved meanwhile is found again by its draft's id.
/// </summary>
internal sealed class CopilotTurn(
    CopilotRequest request,
    string conversationId,
    CopilotConversation conversation,
    int shownTurns,
    string? etag,
    Kernel kernel,
    IConversationStore conversations,
    CopilotSettings settings,
    TimeProvider timeProvider)
{
    private readonly int _savedBefore = conversation.Saved.Count;
    private readonly ChatMessage _message = new(ChatRole.User, request.Message);

    /// <summary>The conversation's id.</summary>
    public string ConversationId => conversationId;

    /// <summary>How many turns had been answered when the user wrote this turn's message.</summary>
    public int ShownTurns => shownTurns;

    /// <summary>The maintenance request that this turn saved; the last one where it saved several.</summary>
    public string? SavedRequestId => conversation.Saved.Count > _savedBefore ? conversation.Saved[^1].RequestId : null;

    /// <summary>The tokens of all turns so far, this one included once it has ended; null where they are not known of every turn.</summary>
    public UsageDetails? ConversationUsage => conversation.Usage;

    /// <summary>Answers the message.</summary>
    public Task<ChatResponse> RunAsync(CancellationToken cancellationToken) =>
        kernel.GetChatClient().GetResponseAsync(Prompt, Options, cancellationToken);

    /// <summary>Answers the message piece by piece.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(CancellationToken cancellationToken) =>
        kernel.GetChatClient().GetStreamingResponseAsync(Prompt, Options, cancellationToken);

    /// <summary>Stores the conversation with this turn in it.</summary>
    /// <returns>False when another turn was stored since this one began; then this one does not count.</returns>
    public async Task<bool> TryEndAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        conversation.Remember(_message, response);
        conversation.Trim(settings.HistoryTokens);
        ConversationSave save = await conversations.SaveAsync(ConversationId, conversation.Serialize(), etag, cancellationToken);
        return save.Saved;
    }

    /// <summary>Stores the conversation with this turn in it.</summary>
    /// <exception cref="InvalidRequestException">Another turn was stored since this one began.</exception>
    public async Task EndAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        if (!await TryEndAsync(response, cancellationToken))
        {
            throw InvalidRequestException.Conflict(
                "Two messages of this conversation came at once.", "The other one was answered. Read its answer, then send this message again.");
        }
    }

    private IEnumerable<ChatMessage> Prompt =>
    [
        new(ChatRole.System, CopilotPersona.SystemMessage(conversation, timeProvider.GetUtcNow())),
        .. conversation.Messages,
        _message,
    ];

    private ChatOptions Options => new() { Tools = [.. kernel.Plugins.SelectMany(p => p.AsAIFunctions(kernel))] };
}
