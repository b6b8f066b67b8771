using Microsoft.AspNetCore.Components;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What the page shows.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Now">When it is shown, to tell how old the figures are.</param>
/// <param name="Schedule">When the app collects, as an NCRONTAB expression; null where it is not told where the logs are.</param>
/// <param name="Ranges">The time ranges to choose from.</param>
/// <param name="RefreshSeconds">How often the page asks for newer figures; null for a range that does not move on.</param>
public sealed record ChartView(
    DistributionReport Report, DateTimeOffset Now, string? Schedule, IReadOnlyList<RangeLink> Ranges, int? RefreshSeconds);

/// <summary>A part of the page, which knows what the page shows.</summary>
public abstract class ChartPart : ComponentBase
{
    /// <summary>The page.</summary>
    [CascadingParameter] public required ChartPage Page { get; set; }

    /// <summary>The figures.</summary>
    protected DistributionReport Report => Page.View.Report;
}
