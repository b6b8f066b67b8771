using System.Net;
using System.Security.Cryptography;
using System.Text;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>Which conversation a message belongs to.</summary>
/// <param name="Id">The conversation's id.</param>
/// <param name="Kind">How the conversation was named.</param>
internal sealed record ConversationKey(string Id, ConversationKind Kind)
{
    private const int MaxIdLength = 64;

    /// <summary>A conversation that starts now.</summary>
    public static ConversationKey New() => new(Guid.NewGuid().ToString("N"), ConversationKind.New);

    /// <summary>The conversation that a caller names by the id it was given.</summary>
    /// <exception cref="InvalidRequestException">It is no id of ours.</exception>
    public static ConversationKey Parse(string id) => id.Length <= MaxIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? new(id, ConversationKind.Named)
        : throw InvalidRequestException.BadRequest(
            "The conversationId is not valid.", "Send the one from the x-conversation-id header of an earlier answer, or leave it out to start a conversation.");

    /// <summary>
    /// The one conversation of a caller who sends no id: known by function key and client address. The key is a secret, so the
    /// id can not be guessed from the address.
    /// </summary>
    public static ConversationKey OfCaller(HttpRequest request)
    {
        string key = request.Headers["x-functions-key"].ToString() is { Length: > 0 } header ? header : request.Query["code"].ToString();
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{ReadAddress(request)}"));
        return new($"caller-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}", ConversationKind.OfCaller);
    }

    /// <summary>The first address in X-Forwarded-For, without the port that Azure's front ends add; else the connection's.</summary>
    private static string? ReadAddress(HttpRequest request)
    {
        string first = request.Headers["X-Forwarded-For"].ToString().Split(',')[0].Trim();
        return IPEndPoint.TryParse(first, out IPEndPoint? forwarded)
            ? forwarded.Address.ToString()
            : request.HttpContext.Connection.RemoteIpAddress?.ToString();
    }
}

/// <summary>How a conversation was named.</summary>
internal enum ConversationKind
{
    /// <summary>It starts now.</summary>
    New,

    /// <summary>By its id.</summary>
    Named,

    /// <summary>By who calls.</summary>
    OfCaller,
}
