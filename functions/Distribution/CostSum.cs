namespace ContosoSuites.Functions.Distribution;

/// <summary>Adds costs up. What has no price is left out, and is not taken for free.</summary>
/// <param name="hasPrices">Whether anything has a price; without one there is no cost.</param>
internal sealed class CostSum(bool hasPrices)
{
    private decimal _cost;
    private long _unpricedTokens;

    /// <summary>The tokens that have a price.</summary>
    public long PricedTokens { get; private set; }

    /// <summary>The cost of them in US dollars; null where tokens were used and none of them has a price.</summary>
    public decimal? Cost => hasPrices && (PricedTokens > 0 || _unpricedTokens == 0) ? _cost : null;

    /// <summary>Adds tokens.</summary>
    /// <param name="tokens">How many.</param>
    /// <param name="cost">What they cost in US dollars; null without a price.</param>
    public void Add(long tokens, decimal? cost)
    {
        if (cost is { } known)
        {
            _cost += known;
            PricedTokens += tokens;
        }
        else
        {
            _unpricedTokens += tokens;
        }
    }
}
