namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>The system's clock, which tells when somebody begins to wait on it.</summary>
internal sealed class NoticedTimeProvider : TimeProvider, IDisposable
{
    private readonly SemaphoreSlim _timers = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Release();
        return timer;
    }

    /// <summary>Waits for a timer that no earlier call has waited for.</summary>
    public Task TimerAsync(CancellationToken cancellationToken) => _timers.WaitAsync(cancellationToken);

    public void Dispose() => _timers.Dispose();
}
