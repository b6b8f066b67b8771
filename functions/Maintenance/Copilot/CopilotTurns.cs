using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Http;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>Begins turns: finds the conversation, and gives the kernel the tools that work on it.</summary>
/// <param name="kernel">The way to the models, this invocation's own.</param>
/// <param name="conversations">The conversations' store.</param>
/// <param name="requests">The requests' store.</param>
/// <param name="hotels">The hotels' store.</param>
/// <param name="embedder">Makes embeddings.</param>
/// <param name="settings">Section <c>Copilot</c>.</param>
/// <param name="maintenance">Section <c>Maintenance</c>.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CopilotTurns(
    Kernel kernel,
    IConversationStore conversations,
    IMaintenanceRequestStore requests,
    IHotelStore hotels,
    RequestEmbedder embedder,
    CopilotSettings settings,
    MaintenanceSettings maintenance,
    TimeProvider timeProvider)
{
    /// <summary>Begins the next turn of a conversation, or its first.</summary>
    /// <exception cref="InvalidRequestException">The conversation is not there any more, or is another's.</exception>
    internal async Task<CopilotTurn> BeginAsync(CopilotRequest request, CancellationToken cancellationToken)
    {
        byte[] secret = await conversations.GetSecretAsync(cancellationToken);
        string owner = ConversationOwner.Of(secret, request.Conversation.FunctionKey);
        return request.Conversation.Kind switch
        {
            ConversationKind.New => await BeginNewAsync(request, owner, cancellationToken),
            ConversationKind.Named => await BeginNamedAsync(request, owner, cancellationToken),
            _ => await BeginSharedAsync(request, ConversationOwner.SharedIdOf(secret, request.Conversation.FunctionKey), owner, cancellationToken),
        };
    }

    /// <summary>
    /// Begins a turn once more, on top of the one that came between. Its message was written before that one was answered, so
    /// it can not approve a draft from there.
    /// </summary>
    internal async Task<CopilotTurn> BeginAgainAsync(CopilotRequest request, CopilotTurn overtaken, CancellationToken cancellationToken)
    {
        StoredConversation stored = await conversations.GetAsync(overtaken.ConversationId, cancellationToken) ?? throw NotThere();
        return Begin(request, stored.Id, CopilotConversation.Deserialize(stored.Content), stored.ETag, overtaken.ShownTurns);
    }

    private static InvalidRequestException NotThere() => InvalidRequestException.NotFound(
        "The conversation is not there.", "It has expired, or the conversationId is wrong. Leave the conversationId out to start a conversation.");

    /// <summary>Stores the conversation before its first turn, so that the id that is handed out works even when that turn fails.</summary>
    private async Task<CopilotTurn> BeginNewAsync(CopilotRequest request, string owner, CancellationToken cancellationToken)
    {
        string id = Guid.NewGuid().ToString("N");
        var conversation = new CopilotConversation { Owner = owner };
        ConversationSave save = await conversations.SaveAsync(id, conversation.Serialize(), null, cancellationToken);
        return Begin(request, id, conversation, save.ETag);
    }

    private async Task<CopilotTurn> BeginNamedAsync(CopilotRequest request, string owner, CancellationToken cancellationToken)
    {
        StoredConversation stored = await conversations.GetAsync(request.Conversation.Id!, cancellationToken) ?? throw NotThere();
        var conversation = CopilotConversation.Deserialize(stored.Content);

        // To whoever shows another key it is as good as absent: he need not learn that the id exists.
        return conversation.Owner == owner ? Begin(request, stored.Id, conversation, stored.ETag) : throw NotThere();
    }

    private async Task<CopilotTurn> BeginSharedAsync(CopilotRequest request, string id, string owner, CancellationToken cancellationToken)
    {
        StoredConversation? stored = await conversations.GetAsync(id, cancellationToken);
        bool goesOn = stored is not null && timeProvider.GetUtcNow() - stored.LastTurn <= TimeSpan.FromMinutes(settings.IdleMinutes);
        CopilotConversation conversation = goesOn ? CopilotConversation.Deserialize(stored!.Content) : new() { Owner = owner };
        return Begin(request, id, conversation, stored?.ETag);
    }

    private CopilotTurn Begin(CopilotRequest request, string id, CopilotConversation conversation, string? etag, int? shownTurns = null)
    {
        int shown = shownTurns ?? conversation.Turns;
        conversation.Turns++;
        Kernel tools = kernel.Clone();
        var plugin = new CopilotPlugin(
            conversation, conversation.Turns, shown, new RequestValidation(hotels, maintenance, timeProvider), requests, embedder, timeProvider);
        tools.Plugins.AddFromObject(plugin, CopilotPlugin.Name);
        return new CopilotTurn(request, id, conversation, shown, etag, tools, conversations, settings, timeProvider);
    }
}
