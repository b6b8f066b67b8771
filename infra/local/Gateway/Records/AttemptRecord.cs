using ContosoSuites.Local.Gateway.Forwarding;

namespace ContosoSuites.Local.Gateway.Records;

/// <summary>One call to a backend.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Url">What was called.</param>
/// <param name="StatusCode">The code of the response, or null when there was none.</param>
/// <param name="Error">Why there was none.</param>
/// <param name="Duration">The time until the response's headers, or the failure.</param>
internal sealed record AttemptRecord(string Backend, Uri Url, int? StatusCode, ForwardError Error, TimeSpan Duration);
