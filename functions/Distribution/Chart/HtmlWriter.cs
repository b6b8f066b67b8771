using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// Writes HTML as interpolated strings: the literal text is markup, and every value in it is encoded. So no name that comes out
/// of a log can become markup, and nobody has to remember to encode it.
/// </summary>
internal sealed class HtmlWriter
{
    // A page with a week's bars has about this many characters.
    private const int UsualLength = 256 * 1024;

    // The page is UTF-8, so only what means something in HTML has to be encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new(UsualLength);

    /// <summary>Writes markup with encoded values.</summary>
#pragma warning disable CA1822 // The handler has written to this instance before the method is entered.
    public void Write([InterpolatedStringHandlerArgument("")] ref HtmlInterpolation markup)
    {
    }
#pragma warning restore CA1822

    /// <summary>Writes markup as it is: for the page's own style and script.</summary>
    public void WriteMarkup(string markup) => _html.Append(markup);

    /// <summary>Writes a value, encoded.</summary>
    public void WriteText(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _html.Append(Encoder.Encode(text));
        }
    }

    /// <summary>Writes a coordinate: to a thousandth, which is finer than any screen.</summary>
    public void WriteCoordinate(double coordinate)
    {
        Span<char> digits = stackalloc char[32];
        double rounded = Math.Round(coordinate, 3);
        _html.Append(rounded.TryFormat(digits, out int length, "0.###", System.Globalization.CultureInfo.InvariantCulture)
            ? digits[..length]
            : throw new ArgumentOutOfRangeException(nameof(coordinate), coordinate, "A coordinate has to be near the screen."));
    }

    /// <summary>The page so far.</summary>
    public override string ToString() => _html.ToString();
}
