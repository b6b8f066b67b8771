using System.Globalization;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Reads points in time as callers write them: ISO 8601, a day or a moment. Without an offset they are in UTC, so that the
/// answer does not depend on where the app runs.
/// </summary>
internal static class IsoTime
{
    /// <summary>What to tell a caller who wrote something else.</summary>
    public const string Expected = "ISO 8601, such as 2026-11-01 or 2026-11-01T08:00:00Z";

    private static readonly string[] Patterns =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads a point in time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, Patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
