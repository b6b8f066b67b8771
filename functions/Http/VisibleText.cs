using System.Text;

namespace ContosoSuites.Functions.Http;

/// <summary>Tells a text that shows something from one that only has characters.</summary>
internal static class VisibleText
{
    // Letters and symbols by their category, and blank in every font: the Hangul fillers and the empty Braille cell.
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>Whether a person would see anything of it.</summary>
    public static bool IsIn(string? text) => text?.EnumerateRunes().Any(IsVisible) == true;

    private static bool IsVisible(Rune rune) => (Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune))
        && !(rune.IsBmp && Blanks.Contains((char)rune.Value, StringComparison.Ordinal));
}
