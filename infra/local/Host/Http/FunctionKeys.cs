using System.Security.Cryptography;
using System.Text;

namespace ContosoSuites.Local.Host.Http;

/// <summary>Asks callers for the function key as a deployed app does: in x-functions-key, or as <c>code</c> in the query.</summary>
/// <param name="key">The key; null to ask for none.</param>
internal sealed class FunctionKeys(string? key)
{
    /// <summary>Whether a request may pass where this level of authorization is asked for.</summary>
    public bool Admit(HttpRequest request, string? authLevel) =>
        key is null || string.Equals(authLevel, "anonymous", StringComparison.OrdinalIgnoreCase) || IsKey(request.Headers["x-functions-key"]) || IsKey(request.Query["code"]);

    private bool IsKey(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key!));
}
