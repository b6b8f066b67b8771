using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace ContosoSuites.Local.Logs;

/// <summary>The values that a query is to run with, as SQLite takes them: times and durations in ticks, JSON as text.</summary>
internal static partial class QueryParameters
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads the parameters of <paramref name="text"/>, which must be exactly those of <paramref name="query"/>.</summary>
    /// <exception cref="FormatException">One is missing or unknown, or is no value that is read here.</exception>
    public static Dictionary<string, object> Read(QueryText text, LogQuery query, (DateTimeOffset From, DateTimeOffset To)? timespan, DateTimeOffset now)
    {
        var values = new Dictionary<string, object>();
        foreach (var (name, own) in query.Text.Parameters)
        {
            var given = text.Parameters.GetValueOrDefault(name) ?? throw new FormatException($"The parameter {name} is missing.");
            values[name] = Read(given, now);
            if (values[name].GetType() != Read(own, now).GetType())
            {
                throw new FormatException($"The parameter {name} is of another type than {own}.");
            }
        }

        if (text.Parameters.Keys.FirstOrDefault(name => !values.ContainsKey(name)) is { } unknown)
        {
            throw new FormatException($"There is no parameter {unknown}.");
        }

        if (values.GetValueOrDefault("bin_size") is <= 0L)
        {
            throw new FormatException("bin_size must be longer than nothing.");
        }

        // What Log Analytics does with the timespan of a request: it lays it on every table, whatever the query itself looks at.
        values["tables_from"] = (timespan?.From ?? DateTimeOffset.MinValue).UtcTicks;
        values["tables_to"] = (timespan?.To ?? DateTimeOffset.MaxValue).UtcTicks;
        return values;
    }

    /// <summary>Reads a timespan: an ISO 8601 duration, which ends now, or two of start, duration and end.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    /// <exception cref="OverflowException">It is too long.</exception>
    public static (DateTimeOffset From, DateTimeOffset To) ReadTimespan(string text, DateTimeOffset now) => text.Split('/') switch
    {
        [var duration] => (now - XmlConvert.ToTimeSpan(duration), now),
        [var start, ['P', ..] duration] => (Time(start), Time(start) + XmlConvert.ToTimeSpan(duration)),
        [['P', ..] duration, var end] => (Time(end) - XmlConvert.ToTimeSpan(duration), Time(end)),
        [var start, var end] => (Time(start), Time(end)),
        _ => throw new FormatException($"'{text}' is no ISO 8601 interval."),
    };

    /// <summary>Reads <c>now()</c>, <c>ago(1h)</c>, <c>datetime(...)</c>, <c>dynamic(...)</c>, <c>'text'</c>, <c>5m</c> or a number.</summary>
    private static object Read(string text, DateTimeOffset now)
    {
        var argument = Call().Match(text).Groups["argument"].Value.Trim();
        return Call().Match(text).Groups["function"].Value switch
        {
            "now" => now.UtcTicks,
            "ago" => now.UtcTicks - Duration(argument).Ticks,
            "datetime" => Time(argument).UtcTicks,
            "dynamic" => Json(argument),
            _ when Quoted().IsMatch(text) => text[1..^1],
            _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Duration(text).Ticks,
        };
    }

    private static TimeSpan Duration(string text)
    {
        var (suffix, unit) = Array.Find(Units, unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return suffix is not null && double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count <= 36_500
            ? count * unit
            : throw new FormatException($"'{text}' is no value that is read here.");
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw new FormatException($"'{text}' is not a datetime.");

    private static string Json(string text)
    {
        try
        {
            return JsonElement.Parse(text).GetRawText();
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The dynamic value is not JSON: {exception.Message}", exception);
        }
    }

    [GeneratedRegex(@"^(?<function>now|ago|datetime|dynamic)\((?<argument>.*)\)$", RegexOptions.Singleline)]
    private static partial Regex Call();

    /// <summary>A text without quotes or backslashes of its own.</summary>
    [GeneratedRegex("""^(?:'[^'\\]*'|"[^"\\]*")$""")]
    private static partial Regex Quoted();
}
