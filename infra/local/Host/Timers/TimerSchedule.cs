using System.Globalization;
using NCrontab;

namespace ContosoSuites.Local.Host.Timers;

/// <summary>
/// When a timer is due, in UTC as in Azure: an NCRONTAB expression of six fields (seconds first) or five, or a TimeSpan,
/// which is the time from one run to the next.
/// </summary>
internal sealed class TimerSchedule
{
    private readonly Func<DateTime, DateTime> _next;

    private TimerSchedule(string text, Func<DateTime, DateTime> next)
    {
        Text = text;
        _next = next;
    }

    public string Text { get; }

    public static TimerSchedule Parse(string text, string function)
    {
        int fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is 5 or 6
            && CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } cron)
        {
            return new TimerSchedule(text, cron.GetNextOccurrence);
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan interval) && interval > TimeSpan.Zero)
        {
            return new TimerSchedule(text, after => after + interval);
        }

        throw new FunctionsHostException(
            $"'{text}' is not a valid schedule for function '{function}': "
            + "it must be an NCRONTAB expression such as '0 */5 * * * *' or a TimeSpan such as '00:05:00'.");
    }

    /// <summary>The first occurrence after a point in time.</summary>
    public DateTime Next(DateTime after) => _next(after);
}
