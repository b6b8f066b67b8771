using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>A clock in the test's hands that tells when the code under test has begun to wait on it again.</summary>
internal sealed class SignallingTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<bool> _waits = Channel.CreateUnbounded<bool>();
    private int _seen = 1;
    private int _begun;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _begun);
        _waits.Writer.TryWrite(true);
        return timer;
    }

    /// <summary>Completes when there is a wait besides those already seen; the first, at start, counts as seen.</summary>
    /// <param name="waits">How many there are then in all; one more than seen where null.</param>
    public async Task WaitingAgainAsync(int? waits = null)
    {
        _seen = waits ?? _seen + 1;
        while (Volatile.Read(ref _begun) < _seen)
        {
            await Wait.For(_waits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        }
    }
}
