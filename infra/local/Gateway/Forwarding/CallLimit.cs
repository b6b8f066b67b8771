namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>
/// Ends a call to a backend when the caller goes or a time is up, and can tell which of the two it was. The time can be set
/// anew, so that one limit serves for the headers and then for each piece of the body.
/// </summary>
internal sealed class CallLimit : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public CallLimit(TimeSpan time, TimeProvider timeProvider, CancellationToken caller)
    {
        _caller = caller;
        _source = new CancellationTokenSource(time, timeProvider);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    public bool CallerGone => _caller.IsCancellationRequested;

    public bool TimeIsUp => _source.IsCancellationRequested && !CallerGone;

    /// <summary>Gives the call <paramref name="time"/> from now.</summary>
    public void Restart(TimeSpan time) => _source.CancelAfter(time);

    /// <summary>Takes the time limit off; false when it was too late for that, so that nothing more can be read.</summary>
    public bool TryStop()
    {
        Restart(Timeout.InfiniteTimeSpan);
        return !TimeIsUp;
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
