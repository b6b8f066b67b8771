using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>The values of a function's parameters, from what was said: names, numbers, dates, choices and texts.</summary>
internal static partial class Arguments
{
    public static JsonObject Fill(ToolDefinition tool, Func<ToolParameter, JsonNode?> read) =>
        new(tool.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, read(parameter))).Where(argument => argument.Value is not null));

    /// <summary>A parameter's value; null where the text has none. A number is bare where the text does not say what it is of.</summary>
    public static JsonNode? Read(ToolParameter parameter, string text, IReadOnlyList<Entity> known, bool bare = false)
    {
        if (Entity.Named(known, text) is [var only])
        {
            return only.Id.DeepClone();
        }

        if (TakesDate(parameter))
        {
            return IsoDate().Match(text) is { Success: true } date ? date.Value : null;
        }

        if (TakesNumber(parameter))
        {
            string label = Words.In(parameter.Name).FirstOrDefault(word => word != "id") ?? parameter.Name;
            Match? match = Number().Matches(text).FirstOrDefault(match => bare || label.Equals(match.Groups["label"].Value, StringComparison.OrdinalIgnoreCase));
            string value = match?.Groups["value"].Value.ToUpperInvariant() ?? "";
            return parameter.Type == "string" ? match is null ? null : value
                : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
                : null;
        }

        return Choices(parameter).FirstOrDefault(choice => Words.Of(choice).IsSubsetOf(Words.Of(text)));
    }

    /// <summary>The words that a parameter allows, or that its description names as in "customer, inspector or staff".</summary>
    public static IReadOnlyList<string> Choices(ToolParameter parameter) => parameter.Choices.Count > 0
        ? parameter.Choices
        : [.. Listed().Match(parameter.Description).Groups["choice"].Captures.Select(choice => choice.Value)];

    /// <summary>Whether a parameter takes whatever is said.</summary>
    public static bool TakesText(ToolParameter parameter) => parameter is { Type: "string", Required: true }
        && !parameter.NameWords.Contains("id") && !TakesDate(parameter) && !TakesNumber(parameter) && Choices(parameter).Count == 0;

    public static bool TakesNumber(ToolParameter parameter) => parameter.Type is "integer" or "number" || parameter.NameWords.Contains("number");

    public static bool TakesDate(ToolParameter parameter) => parameter.Type == "string"
        && (parameter.Format.StartsWith("date", StringComparison.Ordinal) || parameter.NameWords.Contains("date"));

    /// <summary>What people call a parameter: "hotel" for <c>hotel_id</c>.</summary>
    public static string Label(ToolParameter parameter) =>
        string.Join(' ', Words.In(parameter.Name).Where(word => word != "id")) is { Length: > 0 } label ? label : parameter.Name;

    /// <summary>Asks for a parameter, by its own description.</summary>
    public static string Question(ToolParameter parameter, IReadOnlyList<Entity> known) =>
        known.Count > 0 ? $"Which {Label(parameter)} is it: {string.Join(", ", known.Select(entity => entity.Name))}?"
        : parameter.Description.Length > 0 ? $"{parameter.Description.TrimEnd('.')}?"
        : $"What is the {Label(parameter)}?";

    /// <summary>"Room 303", "room number 12a" and "the room to 512"; not "not 205", nor a date. A room may be called TEST, to try a system out.</summary>
    [GeneratedRegex(
        @"(?<!\bnot )(?:\b(?!not\b)(?<label>\p{L}+)\W+(?:(?:number|no|is|to|was)\W+){0,2})?(?<![\w-])(?<value>\d+[a-z]?|test)\b(?!-\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\d{4}-(?:0[1-9]|1[0-2])-\d{2}\b")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"(?:such as|:)\s*(?<choice>\w+)(?:,\s*(?<choice>\w+))*,?\s+or\s+(?<choice>\w+)")]
    private static partial Regex Listed();
}
