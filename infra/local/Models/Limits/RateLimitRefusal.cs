namespace ContosoSuites.Local.Models.Limits;

/// <summary>Why a request was not let in: which rate is used up and when the next window begins.</summary>
internal sealed record RateLimitRefusal(string Rate, TimeSpan RetryAfter);
