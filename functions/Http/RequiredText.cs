using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ContosoSuites.Functions.Http;

/// <summary>Checks the text that a function works on.</summary>
internal static class RequiredText
{
    /// <summary>Returns the text when it is there and not too long.</summary>
    /// <param name="text">The text as sent.</param>
    /// <param name="name">The name of its field or parameter.</param>
    /// <param name="maxLength">The most UTF-16 characters it may have.</param>
    /// <param name="maxLengthSetting">The setting that says so.</param>
    /// <exception cref="InvalidRequestException">It is missing, shows nothing, or is too long.</exception>
    public static string Check([NotNull] string? text, string name, int maxLength, string maxLengthSetting)
    {
        if (text is null || !VisibleText.IsIn(text))
        {
            throw InvalidRequestException.BadRequest($"There is no {name}.", $"Send the {name} in '{name}'; it must not be empty.");
        }

        return text.Length <= maxLength
            ? text
            : throw InvalidRequestException.BadRequest(
                $"The {name} is too long.",
                $"It has {text.Length} characters; at most {maxLength} are accepted (setting {maxLengthSetting}).");
    }
}

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
