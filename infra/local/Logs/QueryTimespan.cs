using System.Globalization;
using System.Xml;

namespace ContosoSuites.Local.Logs;

/// <summary>The timespan of a request.</summary>
internal readonly record struct QueryTimespan(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Reads an ISO 8601 duration, which ends now, or two of start, duration and end.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static QueryTimespan Parse(string text, DateTimeOffset now)
    {
        var parts = text.Split('/');
        return parts switch
        {
            [var duration] => new(now - Duration(duration), now),
            [var start, var end] when IsDuration(end) => new(Time(start), Time(start) + Duration(end)),
            [var start, var end] when IsDuration(start) => new(Time(end) - Duration(start), Time(end)),
            [var start, var end] => new(Time(start), Time(end)),
            _ => throw new FormatException($"'{text}' is no ISO 8601 interval."),
        };
    }

    private static bool IsDuration(string text) => text.StartsWith('P');

    private static TimeSpan Duration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (OverflowException exception)
        {
            throw new FormatException($"The duration '{text}' is too long.", exception);
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
