using System.Diagnostics.CodeAnalysis;

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
