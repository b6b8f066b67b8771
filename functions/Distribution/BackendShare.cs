namespace ContosoSuites.Functions.Distribution;

/// <summary>A backend's share of its priority group.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="ExpectedShare">What the weights say, 0 to 1.</param>
/// <param name="Share">What was observed, 0 to 1; null without requests.</param>
public sealed record BackendShare(string Backend, long Requests, double ExpectedShare, double? Share);
