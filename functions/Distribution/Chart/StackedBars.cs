namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Bars over time that stack one count of all backends, first backend lowest, with both axes.</summary>
/// <param name="bars">The bars.</param>
/// <param name="time">The axis across.</param>
/// <param name="counts">The axis up.</param>
/// <param name="height">The height of the plot, without the times below it.</param>
internal sealed class StackedBars(TimeBars bars, TimeScale time, CountScale counts, int height)
{
    // Bars that are few have a gap between them. Bars that are many would show more gap than bar, and overlap a little instead,
    // so that no rounding to whole pixels lets the background through.
    private const int FewBars = 60;
    private const double Gap = 0.18;
    private const double Overlap = -0.1;

    private const int LabelHeight = 22;

    /// <summary>Begins the drawing: its name for screen readers, and the lines of the axis.</summary>
    public void Begin(HtmlWriter html, string id, string title, string description, bool labelTimes)
    {
        html.Write($"""
            <svg class="plot" width="100%" height="{height + (labelTimes ? LabelHeight : 1)}" role="img" aria-labelledby="{id}-title {id}-description">
            <title id="{id}-title">{title}</title><desc id="{id}-description">{description}</desc>
            """);
        foreach (long tick in counts.Ticks())
        {
            double y = Y(tick);
            html.Write($"<line class=\"{(tick == 0 ? "base" : "grid")}\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
            html.Write($"<text class=\"count\" x=\"-8\" y=\"{y}\" dy=\".32em\">{Words.ShortCount(tick)}</text>");
        }

        if (labelTimes)
        {
            foreach (TimeTick tick in time.Ticks())
            {
                html.Write($"<text class=\"{(tick.Major ? "time" : "time minor")}\" x=\"{time.Percent(tick.At)}%\" y=\"{height + LabelHeight - 5}\">{tick.Label}</text>");
            }
        }
    }

    /// <summary>Draws the bars of one count.</summary>
    public void WriteBars(HtmlWriter html, Func<BarFigures, long> count)
    {
        var below = new long[bars.Bars.Count];
        int backends = bars.Bars[0].Backends.Length;
        for (int backend = 0; backend < backends; backend++)
        {
            html.Write($"<g class=\"bars\" fill=\"{BackendFills.Of(backend)}\">");
            for (int i = 0; i < below.Length; i++)
            {
                long value = count(bars.Bars[i].Backends[backend]);
                if (value > 0)
                {
                    (double x, double width) = Place(bars.Bars[i]);
                    double top = Y(below[i] + value);
                    html.Write($"<rect x=\"{x}%\" y=\"{top}\" width=\"{width}%\" height=\"{Y(below[i]) - top}\"/>");
                    below[i] += value;
                }
            }

            html.Write($"</g>");
        }
    }

    /// <summary>Lays a transparent field over every bar that tells its figures when it is pointed at.</summary>
    public void WriteTips(HtmlWriter html, Func<TimeBar, string> tip)
    {
        html.Write($"<g class=\"tips\">");
        foreach (TimeBar bar in bars.Bars)
        {
            double x = time.Percent(bar.Start);
            html.Write($"<rect x=\"{x}%\" y=\"0\" width=\"{time.Percent(bar.End) - x}%\" height=\"{height}\"><title>{tip(bar)}</title></rect>");
        }

        html.Write($"</g>");
    }

    /// <summary>Ends the drawing.</summary>
    public static void End(HtmlWriter html) => html.Write($"</svg>");

    private double Y(long count) => height * (1 - counts.Position(count));

    private (double X, double Width) Place(TimeBar bar)
    {
        double x = time.Percent(bar.Start);
        double width = time.Percent(bar.End) - x;
        double gap = width * (bars.Bars.Count <= FewBars ? Gap : Overlap);
        return (x + (gap / 2), width - gap);
    }
}
