using System.Net;

namespace ContosoSuites.Functions.Gateway;

/// <summary>A streamed response body that fails with <see cref="TimeoutException"/> when nothing comes for too long, or the function has to answer.</summary>
internal sealed class IdleTimeoutContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly IdleTimeoutStream _stream;

    private IdleTimeoutContent(HttpContent inner, IdleTimeoutStream stream)
    {
        _inner = inner;
        _stream = stream;
        foreach (KeyValuePair<string, IEnumerable<string>> header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    public static async Task<IdleTimeoutContent> WrapAsync(
        HttpContent inner, TimeSpan timeout, TimeProvider timeProvider, CancellationToken timeIsUp, CancellationToken cancellationToken) =>
        new(inner, new IdleTimeoutStream(await inner.ReadAsStreamAsync(cancellationToken), timeout, timeProvider, timeIsUp));

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _stream.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
