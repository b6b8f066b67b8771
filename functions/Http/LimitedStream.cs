using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Http;

/// <summary>Reads another stream and counts: with the first byte beyond the limit it fails, as the web server's own limit does.</summary>
internal sealed class LimitedStream(Stream inner, long maxBytes) : InputStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        return _read <= maxBytes
            ? read
            : throw new BadHttpRequestException($"The body has more than {maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
    }
}
