using System.Diagnostics;
using ContosoSuites.Bench.Loads;

namespace ContosoSuites.Bench.Vectors;

/// <summary>Two works, one after the other again and again, so that whatever else the machine does meets both.</summary>
internal static class InTurns
{
    private const int FewestWarmUps = 3;
    private const int Fewest = 9;
    private const int Most = 400;

    // Enough for the compiler to replace what is called often.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>The median milliseconds of each.</summary>
    public static (double First, double Second) Measure<T1, T2>(Func<int, T1> first, Func<int, T2> second, TimeSpan duration)
    {
        var firsts = new List<double>();
        var seconds = new List<double>();
        long start = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < FewestWarmUps || Stopwatch.GetElapsedTime(start) < WarmUp; turn++)
        {
            Time(first, turn);
            Time(second, turn);
        }

        start = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < Fewest || (turn < Most && Stopwatch.GetElapsedTime(start) < duration); turn++)
        {
            firsts.Add(Time(first, turn));
            seconds.Add(Time(second, turn));
        }

        return (Percentiles.Of(firsts, 0.5), Percentiles.Of(seconds, 0.5));
    }

    private static double Time<T>(Func<int, T> work, int turn)
    {
        long start = Stopwatch.GetTimestamp();
        GC.KeepAlive(work(turn));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
