using System.Runtime.CompilerServices;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Storage;
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
    CopilotPlugin plugin,
    IConversationStore conversations,
    CopilotSettings settings,
    AzureOpenAIOptions azureOpenAI,
    TimeProvider timeProvider)
{
    private const string NothingToSay = "I could not finish that in one go. Please tell me again what you need.";

    private readonly int _savedBefore = conversation.Saved.Count;
    private readonly ChatMessage _message = new(ChatRole.User, request.Message);

    /// <summary>The conversation's id.</summary>
    public string ConversationId => conversationId;

    /// <summary>How many turns had been answered when the user wrote this turn's message.</summary>
    public int ShownTurns => shownTurns;

    /// <summary>The maintenance request that this turn saved; the last one where it saved several.</summary>
    public string? SavedRequestId => conversation.Saved.Count > _savedBefore ? conversation.Saved[^1].RequestId : null;

    /// <summary>What the user reads: the model's text, or a polite word when its calls were used up before it came to one.</summary>
    public static string TextOf(ChatResponse response) => string.IsNullOrWhiteSpace(response.Text) ? NothingToSay : response.Text;

    /// <summary>Answers the message.</summary>
    public async Task<ChatResponse> RunAsync(CancellationToken cancellationToken)
    {
        ChatResponse response = await Model.GetResponseAsync(Prompt, Options, cancellationToken);
        ThrowIfStoreFailed();
        return response;
    }

    /// <summary>Answers the message piece by piece.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ChatResponseUpdate update in Model.GetStreamingResponseAsync(Prompt, Options, cancellationToken))
        {
            ThrowIfStoreFailed();
            yield return update;
        }

        ThrowIfStoreFailed();
    }

    /// <summary>Stores the conversation with this turn in it.</summary>
    /// <returns>False when another turn was stored since this one began; then this one does not count.</returns>
    public async Task<bool> TryEndAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        conversation.Remember(_message, response, TextOf(response));
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

    private IChatClient Model => kernel.GetChatClient().LimitModelCalls(azureOpenAI.MaxModelCallsPerTurn);

    private IEnumerable<ChatMessage> Prompt =>
    [
        new(ChatRole.System, CopilotPersona.SystemMessage(conversation, timeProvider.GetUtcNow())),
        .. conversation.Messages,
        _message,
    ];

    private ChatOptions Options => new() { Tools = [.. kernel.Plugins.SelectMany(p => p.AsAIFunctions(kernel))] };

    private void ThrowIfStoreFailed()
    {
        if (plugin.StorageFailure is { } failure)
        {
            throw new StorageUnavailableException(failure.Problem, failure.Message, failure, failure.RetryAfter);
        }
    }
}
