namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>How many tokens a subscription may use.</summary>
internal sealed record TokenLimitEntry(int TokensPerMinute);
