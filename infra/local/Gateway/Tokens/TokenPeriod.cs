namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>How long tokens are counted before the count begins anew.</summary>
internal enum TokenPeriod
{
    /// <summary>The minute of a rate: it begins with the first tokens that are counted.</summary>
    Minute,

    /// <summary>The hour of a quota, by the clock, as all periods of quotas: UTC, cut down to the unit.</summary>
    Hourly,

    /// <summary>The day of a quota.</summary>
    Daily,

    /// <summary>The week of a quota, from Monday.</summary>
    Weekly,

    /// <summary>The month of a quota.</summary>
    Monthly,

    /// <summary>The year of a quota.</summary>
    Yearly,
}
