using System.Globalization;
using System.Net.Http.Headers;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>Reads the Retry-After header: seconds, or a date.</summary>
internal static class RetryAfter
{
    // Longer than any quota lasts; it keeps nonsense out of the arithmetic.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>How long the backend asks to be left alone; null when it does not say, or says it in no known form.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var text = values.ToString().AsSpan().Trim();
        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        var wait = date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }
}
