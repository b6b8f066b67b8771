using System.Globalization;
using System.Net;
using ContosoSuites.Functions.Http;

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

/// <summary>
/// Reads another stream; a read that brings nothing within the timeout ends in <see cref="TimeoutException"/>, and every read
/// in <see cref="TurnTimeoutException"/> once the function has to answer.
/// </summary>
internal sealed class IdleTimeoutStream(Stream inner, TimeSpan timeout, TimeProvider timeProvider, CancellationToken timeIsUp) : InputStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (timeIsUp.IsCancellationRequested)
        {
            throw new TurnTimeoutException();
        }

        ValueTask<int> read = inner.ReadAsync(buffer, cancellationToken);
        if (read.IsCompleted)
        {
            return await read;
        }

        using var idle = new CancellationTokenSource(timeout, timeProvider);
        using CancellationTokenRegistration idleEnds = idle.Token.UnsafeRegister(static stream => ((Stream)stream!).Dispose(), inner);
        using CancellationTokenRegistration turnEnds = timeIsUp.UnsafeRegister(static stream => ((Stream)stream!).Dispose(), inner);
        try
        {
            return await read;
        }
        catch (Exception e) when (timeIsUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TurnTimeoutException(e);
        }
        catch (Exception e) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The stream brought nothing for {timeout.TotalSeconds:0} seconds."), e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
