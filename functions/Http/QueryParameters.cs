using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Http;

/// <summary>Reads query parameters; one that is absent or empty is null.</summary>
internal static class QueryParameters
{
    /// <summary>A text.</summary>
    /// <exception cref="InvalidRequestException">It is given more than once.</exception>
    public static string? ReadText(this IQueryCollection query, string name) => query[name] switch
    {
        { Count: > 1 } => throw InvalidRequestException.BadRequest($"The query parameter {name} is given more than once.", "Send it once."),
        var text => text.ToString() is { Length: > 0 } given ? given : null,
    };

    /// <summary>A whole number within limits.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static int? ReadWholeNumber(this IQueryCollection query, string name, int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (query.ReadText(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum
            ? number
            : throw NotValid(name, $"a whole number from {minimum} to {maximum}");
    }

    /// <summary>A number within limits.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static double? ReadNumber(this IQueryCollection query, string name, double minimum, double maximum)
    {
        if (query.ReadText(name) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= minimum && number <= maximum
            ? number
            : throw NotValid(name, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"));
    }

    /// <summary>A point in time.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public static DateTimeOffset? ReadTime(this IQueryCollection query, string name)
    {
        if (query.ReadText(name) is not { } text)
        {
            return null;
        }

        return IsoTime.TryParse(text, out DateTimeOffset time) ? time : throw NotValid(name, $"a point in time in {IsoTime.Expected}; write + as %2B");
    }

    private static InvalidRequestException NotValid(string name, string expected) =>
        InvalidRequestException.BadRequest($"The query parameter {name} is not valid.", $"It has to be {expected}.");
}
