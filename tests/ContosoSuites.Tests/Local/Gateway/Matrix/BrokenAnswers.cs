using System.Globalization;
using ContosoSuites.Local.Models.Faults;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>
/// What the response matrix can not cure, since a status of 2xx has already gone to the caller. The tests run every row, and
/// the table in the documentation is this one.
/// </summary>
internal static class BrokenAnswers
{
    public static IReadOnlyList<BrokenAnswer> Rows { get; } =
    [
        new("a good answer, late", new DelayHeadersFault(TimeSpan.FromMilliseconds(50)), Passing.Whole, Function: 200, Stream: 200),
        new("an answer that breaks off", new CutFault(AfterParts: 6), Passing.Cut, Function: 503, Stream: 502),
        new("an answer that falls silent", new StallFault(AfterParts: 6), Passing.CutAfterSilence, Function: 504, Stream: 504),
        new("JSON that breaks off, in an answer that does not", new MalformedJsonFault(), Passing.Whole, Function: 502, Stream: 502),
        new("something else, such as a web page", new WrongContentTypeFault(), Passing.Whole, Function: 502, Stream: 502),
    ];

    /// <summary>The table as it stands in the documentation.</summary>
    public static string Render() => MarkdownTable.Render(
        ["inside a 2xx, the backend sends", "the gateway's caller gets", "a function answers", "a function that streams"],
        Rows.Select(row => new[] { row.Says, Words(row.Gateway), row.Function.ToString(CultureInfo.InvariantCulture), WordsOfStream(row.Stream) }));

    private static string Words(Passing passing) => passing switch
    {
        Passing.Whole => "as is",
        Passing.Cut => "a cut connection, after what came of a stream",
        _ => "the same, after 60 s of silence",
    };

    private static string WordsOfStream(int status) =>
        status == 200 ? "200" : string.Create(CultureInfo.InvariantCulture, $"{status}, or after the first words `event: error` with it");
}
