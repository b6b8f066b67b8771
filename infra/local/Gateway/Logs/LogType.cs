namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>The types of columns in Log Analytics, as far as these tables use them.</summary>
internal enum LogType
{
    /// <summary>true or false; 1 or 0 in SQLite.</summary>
    Bool,

    /// <summary>A moment; in SQLite in ticks of 100 ns since the year 1, which is also how Kusto divides it into bins.</summary>
    DateTime,

    /// <summary>JSON.</summary>
    Dynamic,

    /// <summary>A 32-bit number.</summary>
    Int,

    /// <summary>A 64-bit number.</summary>
    Long,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>Text; never null, as in Kusto.</summary>
    String,
}
