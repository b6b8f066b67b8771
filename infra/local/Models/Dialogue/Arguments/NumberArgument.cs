using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Arguments;

/// <summary>
/// A number, best the one that stands behind a word of the parameter's name ("room 303" for roomNumber). The only number
/// of a message serves a required parameter whatever stands before it.
/// </summary>
internal sealed partial class NumberArgument : IArgumentSource
{
    public JsonNode? Read(ToolParameter parameter, string text)
    {
        bool isNumber = parameter.Type is "integer" or "number";
        IReadOnlySet<string> name = parameter.NameWords;
        if (!isNumber && !name.Contains("number"))
        {
            return null;
        }

        Match[] numbers = [.. Number().Matches(text).Where(match => parameter.Type != "integer" || !match.Groups["value"].Value.Contains('.'))];
        Match? found = Array.Find(numbers, match => name.Contains(Words.Stem(match.Groups["label"].Value.ToLowerInvariant())));
        if (found is null && isNumber && parameter.Required && numbers is [var only])
        {
            found = only;
        }

        return found is null ? null : ToJson(found.Groups["value"].Value, isNumber);
    }

    private static JsonNode? ToJson(string digits, bool isNumber)
    {
        if (!isNumber)
        {
            return digits;
        }

        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;
    }

    /// <summary>A number that is no part of a date, and the word before it, over words such as "number".</summary>
    [GeneratedRegex(
        @"(?:\b(?<label>\p{L}+)(?:\s+(?:number|no\.?|nr\.?|is|id))?\s*[#:]?\s*)?(?<![\p{L}\d.-])(?<value>\d+(?:\.\d+)?)(?![\p{L}\d-])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
