namespace ContosoSuites.Functions.Distribution;

/// <summary>Adds up what one function's model calls have used.</summary>
/// <param name="function">The function's name.</param>
/// <param name="hasPrices">Whether anything has a price.</param>
internal sealed class FunctionSum(string function, bool hasPrices)
{
    private readonly CostSum _cost = new(hasPrices);
    private long _tokens;
    private long _pricedCalls;

    /// <summary>Adds tokens, all of them, whether there is a price for them or not.</summary>
    public void AddTokens(long tokens) => _tokens += tokens;

    /// <summary>Adds what some of these tokens have cost.</summary>
    /// <param name="usage">The calls and their tokens.</param>
    /// <param name="cost">What they cost in US dollars; null without a price.</param>
    public void AddUsage(FunctionUsage usage, decimal? cost)
    {
        _cost.Add(usage.PromptTokens + usage.CompletionTokens, cost);
        _pricedCalls += cost is null ? 0 : usage.Calls;
    }

    /// <summary>The sum.</summary>
    public FunctionTokens ToTokens()
    {
        long unpriced = _tokens - _cost.PricedTokens;
        return hasPrices
            ? new(function, _tokens) { Cost = _tokens > 0 && _cost.PricedTokens == 0 ? null : _cost.Cost, PricedCalls = _pricedCalls, UnpricedTokens = unpriced }
            : new(function, _tokens);
    }
}
