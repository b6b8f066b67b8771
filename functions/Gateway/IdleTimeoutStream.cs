using System.Globalization;
using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Gateway;

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
