using System.Globalization;

namespace ContosoSuites.Local.Models.Http;

/// <summary>The two headers in which Azure OpenAI says when to come back.</summary>
internal static class RetryAfterHeaders
{
    /// <summary>Whole seconds, rounded up: a caller that waits as long as it is told is never too early.</summary>
    public static long Seconds(TimeSpan retryAfter) => (long)Math.Ceiling(retryAfter.TotalSeconds);

    public static void Set(IHeaderDictionary headers, TimeSpan retryAfter)
    {
        headers.RetryAfter = Seconds(retryAfter).ToString(CultureInfo.InvariantCulture);
        headers["retry-after-ms"] = ((long)Math.Ceiling(retryAfter.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
    }
}
