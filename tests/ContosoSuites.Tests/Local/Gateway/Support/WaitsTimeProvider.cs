using System.Threading.Channels;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Time.Testing;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>A time that the test moves, and that tells how long somebody is about to wait on it.</summary>
/// <param name="longest">Longer ones are limits, not waits.</param>
internal sealed class WaitsTimeProvider(TimeSpan longest) : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Whether somebody waits that the test has not heard of.</summary>
    public bool HasWaits => _waits.Reader.TryPeek(out _);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Told once the timer stands, as the test then moves the time.
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= longest)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>The next wait.</summary>
    public Task<TimeSpan> WaitAsync(CancellationToken cancellationToken) => Wait.For(_waits.Reader.ReadAsync(cancellationToken).AsTask());
}
