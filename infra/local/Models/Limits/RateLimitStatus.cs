namespace ContosoSuites.Local.Models.Limits;

/// <summary>What is left of the current minute.</summary>
internal readonly record struct RateLimitStatus(int RemainingRequests, int RemainingTokens);
