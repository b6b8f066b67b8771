using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Storage;
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
    /// <exception cref="InvalidRequestException">The conversation is not there any more.</exception>
    internal Task<CopilotTurn> BeginAsync(CopilotRequest request, CancellationToken cancellationToken) => BeginAsync(request, null, cancellationToken);

    /// <summary>
    /// Begins a turn once more, on top of the one that came between. Its message was written before that one was answered, so
    /// it can not approve a draft from there.
    /// </summary>
    internal Task<CopilotTurn> BeginAgainAsync(CopilotRequest request, CopilotTurn overtaken, CancellationToken cancellationToken) =>
        BeginAsync(request, overtaken.ShownTurns, cancellationToken);

    private async Task<CopilotTurn> BeginAsync(CopilotRequest request, int? shownTurns, CancellationToken cancellationToken)
    {
        StoredConversation? stored = request.Conversation.Kind is ConversationKind.New
            ? null
            : await conversations.GetAsync(request.Conversation.Id, cancellationToken);
        if (stored is null && request.Conversation.Kind is ConversationKind.Named)
        {
            throw InvalidRequestException.NotFound(
                "The conversation is not there.", "It has expired, or the conversationId is wrong. Leave the conversationId out to start a conversation.");
        }

        bool idle = request.Conversation.Kind is ConversationKind.OfCaller
            && stored is not null && timeProvider.GetUtcNow() - stored.LastTurn > TimeSpan.FromMinutes(settings.IdleMinutes);
        CopilotConversation conversation = stored is null || idle ? new() : CopilotConversation.Deserialize(stored.Content);
        int shown = shownTurns ?? conversation.Turns;
        conversation.Turns++;

        Kernel tools = kernel.Clone();
        var plugin = new CopilotPlugin(
            conversation, conversation.Turns, shown, new RequestValidation(hotels, maintenance, timeProvider), requests, embedder, timeProvider);
        tools.Plugins.AddFromObject(plugin, CopilotPlugin.Name);
        return new CopilotTurn(request, conversation, shown, stored?.ETag, tools, conversations, settings, timeProvider);
    }
}
