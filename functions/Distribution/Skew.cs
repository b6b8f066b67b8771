namespace ContosoSuites.Functions.Distribution;

/// <summary>A backend's share that deviates from its weight by more than chance explains (binomial, 99.9 %) and by at least 5 points.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="ExpectedShare">What the weights say, 0 to 1.</param>
/// <param name="Share">What was observed, 0 to 1.</param>
/// <param name="Cause">The likely cause, one of <see cref="SkewCause"/>.</param>
/// <param name="Explanation">The same for people, with the figures it rests on and the next step.</param>
public sealed record Skew(string Backend, double ExpectedShare, double Share, string Cause, string Explanation);
