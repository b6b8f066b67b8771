namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>The ends of token periods.</summary>
internal static class TokenPeriods
{
    /// <summary>When a count that is at work at <paramref name="now"/> ends.</summary>
    public static DateTimeOffset End(this TokenPeriod period, DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return period switch
        {
            TokenPeriod.Minute => now.AddMinutes(1),
            TokenPeriod.Hourly => day.AddHours(now.UtcDateTime.Hour + 1),
            TokenPeriod.Daily => day.AddDays(1),
            TokenPeriod.Weekly => day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7)),
            TokenPeriod.Monthly => day.AddDays(1 - day.Day).AddMonths(1),
            _ => new DateTimeOffset(day.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
    }
}
