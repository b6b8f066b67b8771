using Microsoft.Extensions.Logging.Console;

namespace ContosoSuites.Local.Host;

/// <summary>The logging of a host, and through it of its app, when nothing else was asked for.</summary>
public static class HostLogging
{
    /// <summary>What the app itself has to say, and the warnings of all others, to the standard error stream.</summary>
    /// <param name="logging">The logging to set up.</param>
    public static void ToConsole(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console =>
        {
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        })
        .AddFilter(null, LogLevel.Warning)
        .AddFilter("ContosoSuites", LogLevel.Information)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
