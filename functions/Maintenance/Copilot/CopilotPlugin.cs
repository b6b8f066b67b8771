using System.ComponentModel;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>
/// The tools of one turn. The rules of approval are here and not in the prompt: a draft can be saved only in a later turn than
/// the one that wrote it, so a message of the user's always stands between, and it is saved once however often it is asked.
/// </summary>
/// <param name="conversation">The conversation, changed by the tools.</param>
/// <param name="turn">The number of this turn.</param>
/// <param name="shownTurns">How many turns had been answered when the user wrote this turn's message.</param>
/// <param name="validation">Checks what the model writes as it checks any caller.</param>
/// <param name="requests">The requests' store.</param>
/// <param name="embedder">Makes embeddings.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class CopilotPlugin(
    CopilotConversation conversation,
    int turn,
    int shownTurns,
    RequestValidation validation,
    IMaintenanceRequestStore requests,
    RequestEmbedder embedder,
    TimeProvider timeProvider)
{
    /// <summary>The plugin's name; the model sees it before each function's name.</summary>
    public const string Name = "Maintenance";

    private const double SimilarScore = 0.5;
    private const int SimilarDays = 30;

    [KernelFunction("create_maintenance_request")]
    [Description("Writes down a draft of a maintenance request and replaces the draft before it. Saves nothing: show the draft to the user and ask for approval.")]
    public async Task<DraftResult> CreateAsync(
        [Description("The hotel's id, from get_hotels.")] int hotel_id,
        [Description("What is wrong, in the reporter's words.")] string details,
        [Description("Who reported it: customer, inspector or staff.")] string source = "staff",
        [Description("The room, where it is about one, such as 303.")] string? room_number = null,
        [Description("The place in the hotel, where it is not about a room, such as lobby or pool.")] string? location = null,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(room_number) && string.IsNullOrWhiteSpace(location))
        {
            return new DraftResult(null, "Not drafted: ask the user for the room or the place first.");
        }

        var fields = new RequestFields { HotelId = hotel_id, Details = details, Source = source, RoomNumber = room_number, Location = location };
        (NewMaintenanceRequest? request, IReadOnlyList<string> errors) = await validation.CheckAsync(fields, cancellationToken);
        if (request is null)
        {
            return new DraftResult(null, $"Not drafted: {string.Join(" ", errors)}");
        }

        conversation.Draft = new MaintenanceDraft(Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString(), turn, request);
        return new DraftResult(conversation.Draft, "Drafted, not saved. Show this draft to the user and ask whether to save it.");
    }

    [KernelFunction("save_maintenance_request")]
    [Description("Saves the draft that the user has approved in answer to seeing it, and answers the id of the saved request.")]
    public async Task<SaveResult> SaveAsync(CancellationToken cancellationToken = default)
    {
        if (conversation.Draft is not { } draft)
        {
            return conversation.Saved is [.., SavedDraft last]
                ? new SaveResult(true, last.RequestId, "It was saved before; nothing new was saved.")
                : new SaveResult(false, null, "Not saved: there is no draft. Write it down with create_maintenance_request first.");
        }

        if (draft.Turn > shownTurns)
        {
            return new SaveResult(false, null, "Not saved: the user has not seen this draft yet. Show it, ask for approval, and save it after the user's next message.");
        }

        CreateResult saved = await requests.CreateAsync(draft.Fields, $"copilot-draft-{draft.DraftId}", cancellationToken);
        conversation.Saved.Add(new SavedDraft(draft.DraftId, saved.Request.Id));
        conversation.Draft = null;
        await embedder.TryEmbedNowAsync(saved.Request);
        return new SaveResult(true, saved.Request.Id, "Saved.");
    }

    [KernelFunction("find_similar_requests")]
    [Description("Finds requests of the last 30 days about the same thing in the same hotel, to tell the user before a second report is made.")]
    public async Task<SimilarResult> FindSimilarAsync(
        [Description("The hotel's id, from get_hotels.")] int hotel_id,
        [Description("What is wrong, in the reporter's words.")] string details,
        CancellationToken cancellationToken = default)
    {
        if (await embedder.TryEmbedTextAsync(details, cancellationToken) is not { } vector)
        {
            // Of help to the user, and not a condition: the report goes on without it.
            return new SimilarResult([], "Similar requests can not be looked for at the moment. Go on without.");
        }

        IReadOnlyList<MaintenanceRequestMatch> matches = await requests.SearchAsync(vector, 0, SimilarScore, cancellationToken);
        DateTimeOffset since = timeProvider.GetUtcNow().AddDays(-SimilarDays);
        return new SimilarResult(
        [
            .. matches
                .Where(match => match.Request.HotelId == hotel_id && match.Request.Date >= since)
                .Take(3)
                .Select(match => new SimilarRequest(match.Request.Id, match.Request.Date, match.Request.RoomNumber ?? match.Request.Location, match.Request.Details)),
        ]);
    }

    /// <summary>What the model is told of a draft.</summary>
    internal sealed record DraftResult(MaintenanceDraft? Draft, string Message);

    /// <summary>What the model is told of a saving.</summary>
    internal sealed record SaveResult(bool Saved, string? Id, string Message);

    /// <summary>What the model is told of a search for requests that are there already.</summary>
    internal sealed record SimilarResult(IReadOnlyList<SimilarRequest> Requests, string? Message = null);

    /// <summary>A request that is there already.</summary>
    internal sealed record SimilarRequest(string Id, DateTimeOffset Date, string? Place, string Details);
}
