using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>The header by which a caller who repeats a request says that it is the same one.</summary>
internal static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key.</summary>
    public const int MaxLength = 200;

    /// <summary>The request's key; null where it has none.</summary>
    /// <exception cref="InvalidRequestException">It is no usable key.</exception>
    public static string? Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out StringValues values))
        {
            return null;
        }

        string key = values.ToString().Trim();
        return key.Length is > 0 and <= MaxLength && key.All(char.IsAscii)
            ? key
            : throw InvalidRequestException.BadRequest($"The {Header} can not be used.", $"Send 1 to {MaxLength} ASCII characters, such as a GUID.");
    }
}
