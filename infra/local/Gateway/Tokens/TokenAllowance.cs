namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>How many tokens a key may use in a period, and where a policy wants to be told what is left.</summary>
/// <param name="Period">The period.</param>
/// <param name="Limit">The tokens.</param>
/// <param name="RemainingHeader">The response header for what is left; null for none.</param>
/// <param name="RemainingVariable">The variable for what is left; null for none.</param>
internal sealed record TokenAllowance(TokenPeriod Period, int Limit, string? RemainingHeader, string? RemainingVariable);
