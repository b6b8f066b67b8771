namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>What a collection has done.</summary>
/// <param name="From">The start of what was read.</param>
/// <param name="To">The end.</param>
/// <param name="Bins">The bins that were stored.</param>
internal sealed record CollectionOutcome(DateTimeOffset From, DateTimeOffset To, int Bins);
