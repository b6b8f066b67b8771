using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ContosoSuites.Functions.Http;

/// <summary>Content under a tag that changes when it does: who sends the tag back in If-None-Match gets 304 instead.</summary>
/// <param name="body">The content.</param>
/// <param name="contentType">Its type.</param>
internal sealed class TaggedContent(byte[] body, string contentType) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Kept by the caller alone, and asked for each time: the tag makes that cheap.
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        string tag = Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16));
        return TypedResults.Bytes(body, contentType, entityTag: new EntityTagHeaderValue($"\"{tag}\"")).ExecuteAsync(httpContext);
    }
}
