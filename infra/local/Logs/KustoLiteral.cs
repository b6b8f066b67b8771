using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Local.Logs;

/// <summary>Reads the values that parameters have, into what SQLite takes: times and durations in ticks, JSON as text.</summary>
internal static class KustoLiteral
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads <c>now()</c>, <c>ago(1h)</c>, <c>datetime(...)</c>, <c>dynamic(...)</c>, <c>'text'</c>, <c>5m</c> or a number.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static object Read(string text, DateTimeOffset now)
    {
        if (text == "now()")
        {
            return now.UtcTicks;
        }

        if (Argument(text, "ago") is { } age)
        {
            return now.UtcTicks - Duration(age).Ticks;
        }

        if (Argument(text, "datetime") is { } time)
        {
            return DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment.UtcTicks
                : throw new FormatException($"'{text}' is not a datetime.");
        }

        if (Argument(text, "dynamic") is { } json)
        {
            return Json(json);
        }

        if (text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return text[1..^1].Contains(text[0]) || text.Contains('\\')
                ? throw new FormatException($"{text} has quotes or backslashes, which are not read here.")
                : text[1..^1];
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Duration(text).Ticks;
    }

    private static string? Argument(string text, string function) =>
        text.StartsWith(function + "(", StringComparison.Ordinal) && text.EndsWith(')') ? text[(function.Length + 1)..^1].Trim() : null;

    private static TimeSpan Duration(string text)
    {
        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count <= 36_500)
            {
                return count * unit;
            }
        }

        throw new FormatException($"'{text}' is no value that is read here.");
    }

    private static string Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The dynamic value is not JSON: {exception.Message}", exception);
        }
    }
}
