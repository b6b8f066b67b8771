using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Reads another stream; a read that brings nothing within the timeout ends in <see cref="TimeoutException"/>.</summary>
internal sealed class IdleTimeoutStream(Stream inner, TimeSpan timeout, TimeProvider timeProvider) : InputStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> read = inner.ReadAsync(buffer, cancellationToken);
        if (read.IsCompleted)
        {
            return await read;
        }

        using var idle = new CancellationTokenSource(timeout, timeProvider);
        using CancellationTokenRegistration _ = idle.Token.UnsafeRegister(static stream => ((Stream)stream!).Dispose(), inner);
        try
        {
            return await read;
        }
        catch (Exception e) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The stream brought nothing for {timeout.TotalSeconds:0} seconds.", e);
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
