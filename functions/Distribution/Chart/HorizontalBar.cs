namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>A bar that lies beside or below the words and figures that it illustrates.</summary>
internal static class HorizontalBar
{
    /// <summary>The height of a bar's track.</summary>
    public const int Height = 14;

    /// <summary>Begins the drawing with the track that the bar lies in.</summary>
    public static void Begin(HtmlWriter html, string id, string title, string description) => html.Write(
        $"""
        <svg class="bar" width="100%" height="{Height}" role="img" aria-labelledby="{id}-title {id}-description">
        <title id="{id}-title">{title}</title><desc id="{id}-description">{description}</desc><rect class="track" width="100%" height="{Height}"/>
        """);

    /// <summary>Draws a part of the bar.</summary>
    /// <param name="html">The page.</param>
    /// <param name="from">Where it begins, 0 to 1.</param>
    /// <param name="length">How long it is, 0 to 1.</param>
    /// <param name="fill">How it is filled.</param>
    public static void WritePart(HtmlWriter html, double from, double length, string fill) =>
        html.Write($"<rect x=\"{from * 100}%\" width=\"{length * 100}%\" height=\"{Height}\" fill=\"{fill}\"/>");

    /// <summary>Ends the drawing.</summary>
    public static void End(HtmlWriter html) => html.Write($"</svg>");
}
