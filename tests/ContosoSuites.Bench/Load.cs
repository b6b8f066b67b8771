namespace ContosoSuites.Bench;

/// <summary>Requests per second and latency of one kind of call at one concurrency.</summary>
/// <param name="Concurrency">Callers that each have one request under way at all times.</param>
/// <param name="PerSecond">Completed calls per second.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P99">99th percentile of latency in milliseconds.</param>
internal sealed record Load(int Concurrency, double PerSecond, double P50, double P99);
