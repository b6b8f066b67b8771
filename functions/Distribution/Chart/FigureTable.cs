namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>A table of figures that scrolls by itself where it is wider than the screen.</summary>
internal static class FigureTable
{
    /// <summary>Begins a table with its head.</summary>
    /// <param name="html">The page.</param>
    /// <param name="id">Its id.</param>
    /// <param name="caption">What it holds, for screen readers.</param>
    /// <param name="textColumns">How many columns, from the left, hold words.</param>
    /// <param name="columns">The columns' names.</param>
    public static void Begin(HtmlWriter html, string id, string caption, int textColumns, params ReadOnlySpan<string> columns)
    {
        // A region that scrolls has to be reachable with the keyboard, and then needs a name.
        html.Write($"<p class=\"more\" aria-hidden=\"true\">The table goes on to the right: scroll sideways →</p>");
        html.Write($"<div class=\"scroll\" id=\"{id}\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}-caption\"><table><caption id=\"{id}-caption\">{caption}</caption><thead><tr>");
        for (int i = 0; i < columns.Length; i++)
        {
            html.Write($"<th scope=\"col\" class=\"{(i < textColumns ? "text" : "figure")}\">{columns[i]}</th>");
        }

        html.Write($"</tr></thead><tbody>");
    }

    /// <summary>Writes figures into the current row.</summary>
    public static void WriteCells(HtmlWriter html, params ReadOnlySpan<string> figures)
    {
        foreach (string figure in figures)
        {
            html.Write($"<td>{figure}</td>");
        }
    }

    /// <summary>Ends the table.</summary>
    public static void End(HtmlWriter html) => html.Write($"</tbody></table></div>");
}
