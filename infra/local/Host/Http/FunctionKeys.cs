using System.Security.Cryptography;
using System.Text;

namespace ContosoSuites.Local.Host.Http;

/// <summary>Asks callers for the function key as a deployed app does: in x-functions-key, or as <c>code</c> in the query.</summary>
/// <param name="key">The key; null to ask for none.</param>
internal sealed class FunctionKeys(string? key)
{
    /// <summary>A new key.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>Whether a request may pass.</summary>
    public bool Admit(HttpRequest request) => key is null || IsKey(request.Headers["x-functions-key"]) || IsKey(request.Query["code"]);

    private bool IsKey(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key!));
}
