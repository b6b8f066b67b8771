namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>The tokens that a key has used in the period under way.</summary>
/// <param name="Used">The tokens; 0 before the first are counted.</param>
/// <param name="Left">The time until the count begins anew.</param>
internal readonly record struct TokenCount(long Used, TimeSpan Left)
{
    /// <summary>What is left of <paramref name="limit"/>; never less than 0, however far concurrent calls have overshot it.</summary>
    public int Remaining(int limit) => (int)Math.Max(0, limit - Used);

    /// <summary>The whole seconds after which the count has begun anew for sure.</summary>
    public int LeftSeconds => (int)Math.Ceiling(Left.TotalSeconds);
}
