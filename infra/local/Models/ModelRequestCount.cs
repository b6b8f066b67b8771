namespace ContosoSuites.Local.Models;

/// <summary>How many requests of one operation ended with one status.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="Status">
/// The status answered; <see cref="ModelCounters.ClientClosedRequest"/> where the caller left first,
/// <see cref="ModelCounters.ConnectionDropped"/> where a fault dropped the connection.
/// </param>
/// <param name="Count">How many.</param>
public sealed record ModelRequestCount(ModelOperation Operation, int Status, long Count);
