namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>A row of the response matrix.</summary>
/// <param name="Says">What happens, as the matrix words it.</param>
/// <param name="Trips">Whether the instance's breaker trips, and for how long.</param>
/// <param name="Retried">Whether another instance is asked.</param>
/// <param name="Gets">What the caller gets.</param>
/// <param name="Causes">The ways in which it comes about: each is tested.</param>
internal sealed record MatrixRow(string Says, Trips Trips, bool Retried, CallerGets Gets, params Cause[] Causes);

/// <summary>What a response does to the breaker.</summary>
internal enum Trips
{
    /// <summary>Nothing.</summary>
    No,

    /// <summary>It opens for its own time.</summary>
    Yes,

    /// <summary>It opens for as long as Retry-After says, or else for its own time.</summary>
    ForRetryAfter,
}
