namespace ContosoSuites.Bench.Loads;

/// <summary>How kinds of call take turns.</summary>
/// <param name="Rounds">How many measured rounds each kind has.</param>
/// <param name="Round">How long a round is.</param>
/// <param name="WarmUp">How long the round of each is that comes before and does not count.</param>
internal sealed record Turns(int Rounds, TimeSpan Round, TimeSpan WarmUp)
{
    /// <summary>Rounds of half a second with a short warm-up.</summary>
    public static Turns OfHalfSeconds(int rounds) => new(rounds, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));
}
