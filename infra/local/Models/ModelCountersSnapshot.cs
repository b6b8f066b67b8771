namespace ContosoSuites.Local.Models;

/// <summary>An instance's counters at one moment.</summary>
/// <param name="Requests">Requests by operation and status, those that happened only.</param>
/// <param name="PromptTokens">Prompt tokens of the answers that were given in full.</param>
/// <param name="CompletionTokens">Completion tokens of the answers that were given in full.</param>
/// <param name="InFlight">Requests being worked on.</param>
/// <param name="Disconnects">Requests whose caller left before the answer was complete.</param>
public sealed record ModelCountersSnapshot(
    IReadOnlyList<ModelRequestCount> Requests, long PromptTokens, long CompletionTokens, long InFlight, long Disconnects)
{
    /// <summary>Sums the requests that match.</summary>
    /// <param name="operation">One operation, or null for all.</param>
    /// <param name="status">One status, or null for all.</param>
    /// <returns>How many requests.</returns>
    public long Count(ModelOperation? operation = null, int? status = null) => Requests
        .Where(request => operation is null || request.Operation == operation)
        .Where(request => status is null || request.Status == status)
        .Sum(request => request.Count);
}
