namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>What all rows have in common.</summary>
/// <param name="Region">The gateway's region.</param>
/// <param name="RequestHeaders">The request headers that are logged.</param>
/// <param name="SamplingPercentage">How many of a hundred requests are logged.</param>
/// <param name="Secrets">What is not logged of URLs.</param>
internal sealed record LogSettings(string Region, IReadOnlyList<string> RequestHeaders, int SamplingPercentage, UrlSecrets Secrets);
