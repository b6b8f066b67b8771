using System.Security.Cryptography;
using System.Text;

namespace ContosoSuites.Functions.Maintenance.Copilot;

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
