using static System.FormattableString;

namespace ContosoSuites.Bench.Reporting;

/// <summary>One line of a benchmark's result: a figure against its peer or limit.</summary>
/// <param name="Figure">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Peer">What it is held against, with its figure; empty where nothing.</param>
/// <param name="Ratio">The comparison; empty where none.</param>
/// <param name="Target">The aim; empty where none.</param>
/// <param name="Met">Whether it was met; null where there is no aim.</param>
internal sealed record Aim(string Figure, string Value, string Peer = "", string Ratio = "", string Target = "", bool? Met = null)
{
    /// <summary>A figure that is to be at least so many times its peer's.</summary>
    public static Aim AtLeast(string figure, string value, string peer, double ratio, double aim) =>
        new(figure, value, peer, Times(ratio), $">= {Times(aim)}", ratio >= aim);

    /// <summary>A figure that is to be at most so many times its peer's.</summary>
    public static Aim AtMost(string figure, string value, string peer, double ratio, double aim) =>
        new(figure, value, peer, Times(ratio), $"<= {Times(aim)}", ratio <= aim);

    /// <summary>A latency that is to be at most so many milliseconds more than its peer's.</summary>
    public static Aim AtMostAdded(string figure, string value, string peer, double added, double aim) =>
        new(figure, value, peer, Added(added), Invariant($"<= +{aim:0.00} ms"), added <= aim);

    /// <summary>A ratio as it is written here.</summary>
    public static string Times(double ratio) => Invariant($"{ratio:0.00}x");

    /// <summary>Milliseconds more, or fewer, as they are written here.</summary>
    public static string Added(double milliseconds) => Invariant($"{milliseconds:+0.000;-0.000} ms");
}
