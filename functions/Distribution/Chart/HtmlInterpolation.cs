using System.Runtime.CompilerServices;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>What the compiler makes of an interpolated string that is written to an <see cref="HtmlWriter"/>.</summary>
/// <remarks>It takes no other types than these: figures for people are put in words first (<see cref="Words"/>).</remarks>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private readonly HtmlWriter _writer;

    /// <summary>Called by the compiler.</summary>
    public HtmlInterpolation(int literalLength, int formattedCount, HtmlWriter writer)
    {
        _ = (literalLength, formattedCount);
        _writer = writer;
    }

    /// <summary>Markup.</summary>
    public void AppendLiteral(string markup) => _writer.WriteMarkup(markup);

    /// <summary>A text, which is encoded.</summary>
    public void AppendFormatted(string? text) => _writer.WriteText(text);

    /// <summary>A coordinate or a number within an attribute.</summary>
    public void AppendFormatted(double coordinate) => _writer.WriteCoordinate(coordinate);
}
