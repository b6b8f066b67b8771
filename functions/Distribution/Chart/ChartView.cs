namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What the page shows.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Now">When it is shown, to tell how old the figures are.</param>
/// <param name="Collection">How the figures come about.</param>
/// <param name="Ranges">The time ranges to choose from.</param>
/// <param name="RefreshSeconds">How often the page asks for newer figures; null for a range that does not move on.</param>
public sealed record ChartView(
    DistributionReport Report, DateTimeOffset Now, ChartCollection Collection, IReadOnlyList<RangeLink> Ranges, int? RefreshSeconds);

/// <summary>How the figures come about.</summary>
/// <param name="IsOn">Whether the app is told where the logs are.</param>
/// <param name="Schedule">When it collects, as an NCRONTAB expression.</param>
public sealed record ChartCollection(bool IsOn, string Schedule);

/// <summary>A time range to choose.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Address">The page's address with this range, relative to the page.</param>
/// <param name="IsCurrent">Whether the page shows it.</param>
public sealed record RangeLink(string Text, string Address, bool IsCurrent);
