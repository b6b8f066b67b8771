namespace ContosoSuites.Functions.Distribution.Judgement;

/// <summary>How well chance explains that so many of all requests went to a backend.</summary>
/// <remarks>
/// Exact: the tail of the binomial distribution on the observed side, doubled. The tail starts from the logarithm of its
/// first term, since the term itself is too small for a double once there are some thousand requests, and goes on by the
/// ratio of neighbors. Terms fall away from the mean, so the sum can end when they no longer matter: about as many terms as
/// the square root of the number of requests.
/// </remarks>
public static class BinomialTest
{
    private const double Negligible = 1e-17;

    /// <summary>The probability, 0 to 1, of a count at least as far out as the observed one; both sides counted.</summary>
    /// <param name="count">The observed count.</param>
    /// <param name="trials">Out of how many.</param>
    /// <param name="probability">The probability of one trial.</param>
    public static double TwoSided(long count, long trials, double probability)
    {
        if (probability is <= 0 or >= 1)
        {
            return count == (probability <= 0 ? 0 : trials) ? 1 : 0;
        }

        double tail = count > trials * probability
            ? LowerTail(trials - count, trials, 1 - probability)
            : LowerTail(count, trials, probability);
        return Math.Min(1, 2 * tail);
    }

    /// <summary>The probability of the count or less; the count is not above the mean.</summary>
    private static double LowerTail(long count, long trials, double probability)
    {
        double odds = probability / (1 - probability);
        double term = 1;
        double sum = 1;
        for (long k = count; k > 0 && term > sum * Negligible; k--)
        {
            term *= k / ((trials - k + 1) * odds);
            sum += term;
        }

        return Math.Exp(LogProbability(count, trials, probability) + Math.Log(sum));
    }

    private static double LogProbability(long count, long trials, double probability) =>
        LogFactorial.Of(trials) - LogFactorial.Of(count) - LogFactorial.Of(trials - count)
        + (count * Math.Log(probability)) + ((trials - count) * Math.Log(1 - probability));
}

/// <summary>Natural logarithms of factorials.</summary>
internal static class LogFactorial
{
    // Stirling's series is exact to 14 digits from here on.
    private const int FirstOfSeries = 32;

    private static readonly double[] Small = MakeSmall();

    /// <summary>ln n!</summary>
    public static double Of(long n)
    {
        if (n < FirstOfSeries)
        {
            return Small[n];
        }

        double x = n;
        double corrections = (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1260 * x * x * x * x * x));
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + corrections;
    }

    private static double[] MakeSmall()
    {
        var logarithms = new double[FirstOfSeries];
        for (int n = 2; n < logarithms.Length; n++)
        {
            logarithms[n] = logarithms[n - 1] + Math.Log(n);
        }

        return logarithms;
    }
}
