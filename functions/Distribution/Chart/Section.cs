namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>A part of the page under a heading of its own.</summary>
internal static class Section
{
    /// <summary>Begins a section.</summary>
    /// <param name="html">The page.</param>
    /// <param name="id">Its id; the ids of what is in it begin with the same word.</param>
    /// <param name="heading">What it shows.</param>
    /// <param name="about">How to read it.</param>
    public static void Begin(HtmlWriter html, string id, string heading, string about) => html.Write(
        $"""<section class="card" id="{id}" aria-labelledby="{id}-heading"><h2 id="{id}-heading">{heading}</h2><p class="about">{about}</p>""");

    /// <summary>Ends it.</summary>
    public static void End(HtmlWriter html) => html.Write($"</section>\n");
}
