
namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>Reads a request's body into memory, from where it can be sent more than once.</summary>
internal static class RequestBodyReader
{
    /// <summary>The body; null when it is longer than <paramref name="limit"/>.</summary>
    /// <exception cref="BadHttpRequestException">What the caller sends is no valid body.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            return length > limit ? null : await ReadExactlyAsync(request.Body, (int)length, cancellationToken);
        }

        return await ReadToEndAsync(request.Body, limit, cancellationToken);
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadExactlyAsync(Stream body, int length, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        // Not from a pool: a call that has been given up may still be reading from it.
        var bytes = new byte[length];
        await body.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadToEndAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        var bytes = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken);
            length += read;
            if (length > limit)
            {
                return null;
            }

            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, length * 2);
            }
        }
    }
}
