namespace ContosoSuites.Functions.Distribution;

/// <summary>What a function's model calls have used.</summary>
/// <param name="Function">The function; empty for calls that name none.</param>
/// <param name="Tokens">Prompt and answer together.</param>
public sealed record FunctionTokens(string Function, long Tokens)
{
    /// <summary>What they cost, in US dollars, as far as they have a price; null without any.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The model calls that have cost this; null without any price.</summary>
    public long? PricedCalls { get; init; }

    /// <summary>
    /// Those of the tokens that are not in the cost: of deployments without a price, or collected before prompt and answer were told
    /// apart by function. Null without any price.
    /// </summary>
    public long? UnpricedTokens { get; init; }
}
