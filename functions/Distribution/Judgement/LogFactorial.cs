namespace ContosoSuites.Functions.Distribution.Judgement;

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
