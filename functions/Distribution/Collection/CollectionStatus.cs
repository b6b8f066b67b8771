namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>How this instance's last collection went.</summary>
/// <param name="timeProvider">The clock.</param>
internal sealed class CollectionStatus(TimeProvider timeProvider)
{
    private volatile LastRun? _last;

    /// <summary>When this instance came up.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>The last run; null before the first.</summary>
    public LastRun? Last => _last;

    /// <summary>The app has come up.</summary>
    public void Begin() => Started = timeProvider.GetUtcNow();

    /// <summary>A run is over.</summary>
    /// <param name="failure">Why it failed, fit for anybody's eyes; null when it did not.</param>
    public void Ended(string? failure) => _last = new LastRun(timeProvider.GetUtcNow(), failure);

    /// <summary>A run that is over.</summary>
    /// <param name="Ended">When.</param>
    /// <param name="Failure">Why it failed; null when it did not.</param>
    internal sealed record LastRun(DateTimeOffset Ended, string? Failure);
}
