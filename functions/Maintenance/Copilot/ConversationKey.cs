using System.Security.Cryptography;
using System.Text;
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

/// <summary>
/// Whose a conversation is. A caller is known by its function key alone: the client's address does not survive the way to the
/// worker, and a header that a caller can write proves nothing. Keys are stored as HMACs under the store's secret, so that who
/// knows a key, or reads a conversation's id in a log, can not compute what belongs to it.
/// </summary>
internal static class ConversationOwner
{
    /// <summary>How the ids of conversations begin that belong to all who show the same key and send no id.</summary>
    public const string SharedPrefix = "caller-";

    /// <summary>The owner of what is begun with a function key.</summary>
    public static string Of(byte[] secret, string functionKey) => Sign(secret, $"owner\n{functionKey}");

    /// <summary>The id of the one conversation of those who show a function key and send no id.</summary>
    public static string SharedIdOf(byte[] secret, string functionKey) => SharedPrefix + Sign(secret, $"shared\n{functionKey}");

    private static string Sign(byte[] secret, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
