using Microsoft.Extensions.Hosting;
using NCrontab;

namespace ContosoSuites.Functions.Settings;

/// <summary>The settings that timer triggers name. With a wrong one the host only disables the function, and says that all is well.</summary>
internal static class TimerSchedules
{
    private const string Expected =
        "NCRONTAB expression such as '0 */5 * * * *', every five minutes: second, minute, hour, day, month and day of the week, "
        + "or five fields without the second. An interval such as 00:05:00 is not accepted, since not every plan takes one.";

    /// <summary>Checks the schedule of a timer.</summary>
    /// <param name="builder">The app's builder.</param>
    /// <param name="name">The setting that the timer's trigger names.</param>
    public static void CheckSchedule(this IHostApplicationBuilder builder, string name)
    {
        string schedule = builder.Configuration[name] ?? "";
        if (string.IsNullOrWhiteSpace(schedule))
        {
            builder.AddWrongSetting(name, $"is missing: it is when the timer runs, as an {Expected}");
        }
        else if (!IsNcrontab(schedule))
        {
            builder.AddWrongSetting(name, $"'{schedule}' is not an {Expected}");
        }
    }

    /// <summary>The time between the next two runs of a timer; null where the expression is none, or has no two.</summary>
    public static TimeSpan? IntervalOf(string schedule, DateTimeOffset now) =>
        Parse(schedule)?.GetNextOccurrences(now.UtcDateTime, now.UtcDateTime.AddYears(1)).Take(2).ToArray() is [var next, var afterwards]
            ? afterwards - next
            : null;

    private static bool IsNcrontab(string schedule) => Parse(schedule) is not null;

    private static CrontabSchedule? Parse(string schedule)
    {
        bool hasSeconds = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5;
        return CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds });
    }
}
