namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// How a backend's bars are filled: a color and a pattern, so that they can be told apart without seeing colors, and in print.
/// The colors are in page.css, because they differ between light and dark.
/// </summary>
internal static class BackendFills
{
    private const int Colors = 6;

    // Every mark is drawn on a tile of 8 by 8. The first fill has none.
    private static readonly string[] Marks =
    [
        "",
        "M-2 2l4-4M0 8l8-8M6 10l4-4",
        "M1 2h2v2h-2zM5 6h2v2h-2z",
        "M0 4h8",
        "M4 0v8",
        "M-2 6l4 4M0 0l8 8M6-2l4 4",
    ];

    /// <summary>The fill of the prompts' tokens: of no backend's color, as it is about all of them.</summary>
    public const string Prompt = "url(#fill-prompt)";

    /// <summary>The fill of the answers' tokens.</summary>
    public const string Answer = "url(#fill-answer)";

    /// <summary>The value of <c>fill</c> for the backend at a place in the report.</summary>
    public static string Of(int backend) => $"url(#fill-{backend})";

    /// <summary>Defines the fills that a report needs, in a drawing without size.</summary>
    public static void WriteDefinitions(HtmlWriter html, IReadOnlyList<BackendReport> backends)
    {
        html.Write($"<svg class=\"definitions\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>");
        for (int i = 0; i < backends.Count; i++)
        {
            // Nobody is to blame for "no backend answered": it is gray and crossed, whatever its place.
            bool nobody = backends[i].Backend.Length == 0;
            string color = nobody ? "nobody" : $"series-{i % Colors}";
            string mark = nobody ? Marks[1] + Marks[5] : Marks[(i + (i / Colors)) % Marks.Length];
            WriteDefinition(html, $"{i}", color, mark);
        }

        WriteDefinition(html, "prompt", "tokens", Marks[0]);
        WriteDefinition(html, "answer", "tokens", Marks[1]);

        html.Write($"</defs></svg>");
    }

    /// <summary>A sample of a fill, for a legend.</summary>
    public static void WriteSample(HtmlWriter html, string fill) => html.Write(
        $"""<svg class="sample" width="16" height="16" aria-hidden="true" focusable="false"><rect width="16" height="16" rx="3" fill="{fill}"/></svg>""");

    private static void WriteDefinition(HtmlWriter html, string name, string color, string mark) => html.Write(
        $"""<pattern id="fill-{name}" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="{color}" width="8" height="8"/><path class="hatch" d="{mark}"/></pattern>""");
}
