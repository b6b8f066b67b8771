using System.Security.Cryptography;
using System.Text;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Ids of items whose names come from outside. Cosmos DB does not take every character in an id, nor any length.</summary>
internal static class DocumentId
{
    /// <summary>The same id for the same text, and for no other one.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
