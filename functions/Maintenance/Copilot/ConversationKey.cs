using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>Which conversation a message belongs to, as its caller puts it.</summary>
/// <param name="Kind">How the conversation is named.</param>
/// <param name="Id">Its id, where the caller gives one.</param>
/// <param name="FunctionKey">The function key that the caller showed; empty where the host asks for none.</param>
internal sealed record ConversationKey(ConversationKind Kind, string? Id, string FunctionKey)
{
    private const int MaxIdLength = 64;

    /// <summary>A conversation that starts now.</summary>
    public static ConversationKey New(HttpRequest request) => new(ConversationKind.New, null, FunctionKeyOf(request));

    /// <summary>The one conversation of all who show this function key and send no id.</summary>
    public static ConversationKey OfCaller(HttpRequest request) => new(ConversationKind.OfCaller, null, FunctionKeyOf(request));

    /// <summary>The conversation that a caller names by the id it was given.</summary>
    /// <exception cref="InvalidRequestException">It is no id that a caller can name.</exception>
    public static ConversationKey Named(HttpRequest request, string id)
    {
        if (id.StartsWith(ConversationOwner.SharedPrefix, StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidRequestException.BadRequest(
                "The conversationId is that of callers who send none.",
                "Leave it out and send the message as a JSON string to go on there, or as {\"message\"} to start a conversation with an id of its own.");
        }

        return id.Length <= MaxIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? new(ConversationKind.Named, id, FunctionKeyOf(request))
            : throw InvalidRequestException.BadRequest(
                "The conversationId is not valid.", "Send the one from the x-conversation-id header of an earlier answer, or leave it out to start a conversation.");
    }

    private static string FunctionKeyOf(HttpRequest request) =>
        request.Headers["x-functions-key"].ToString() is { Length: > 0 } header ? header : request.Query["code"].ToString();
}

/// <summary>How a conversation is named.</summary>
internal enum ConversationKind
{
    /// <summary>It starts now.</summary>
    New,

    /// <summary>By its id.</summary>
    Named,

    /// <summary>By who calls.</summary>
    OfCaller,
}
