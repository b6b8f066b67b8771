using ContosoSuites.Local.Gateway.Logs;

namespace ContosoSuites.Local.Logs;

/// <summary>A column of a result.</summary>
internal sealed record ResultColumn(string Name, LogType Type)
{
    /// <summary>The type as Log Analytics writes it.</summary>
    public string TypeName { get; } = Type.ToString().ToLowerInvariant();

    /// <summary>Reads <c>Requests:long</c>.</summary>
    public static ResultColumn Parse(string alias)
    {
        var colon = alias.IndexOf(':', StringComparison.Ordinal);
        return new ResultColumn(alias[..colon], Enum.Parse<LogType>(alias[(colon + 1)..], ignoreCase: true));
    }
}
