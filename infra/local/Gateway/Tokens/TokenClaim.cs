namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>A request's place under a limit: whose tokens it uses.</summary>
/// <param name="Key">The counter's key.</param>
/// <param name="Allowances">What the key may use.</param>
/// <param name="ConsumedHeader">The response header for what the request has used; null for none.</param>
internal sealed record TokenClaim(string Key, IReadOnlyList<TokenAllowance> Allowances, string? ConsumedHeader)
{
    /// <summary>Whether a response header waits for what the request has used.</summary>
    public bool HasHeaders => ConsumedHeader is not null || Allowances.Any(allowance => allowance.RemainingHeader is not null);
}
