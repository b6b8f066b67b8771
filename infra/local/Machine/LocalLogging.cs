using Microsoft.Extensions.Logging.Console;

namespace ContosoSuites.Local.Machine;

/// <summary>What of the app's and the gateway's logs one sees at the console.</summary>
internal static class LocalLogging
{
    /// <summary>What the app itself has to say, and the warnings of all others, to the standard error stream.</summary>
    public static void ToConsole(ILoggingBuilder logging) => To(logging, LogLevel.Information, LogLevel.Warning);

    /// <summary>Errors alone.</summary>
    public static void ErrorsToConsole(ILoggingBuilder logging) => To(logging, LogLevel.Error, LogLevel.Error);

    /// <summary>
    /// Where the policy is at fault, or the gateway: its callers only get an id to look it up by. Of the server below it nothing,
    /// which takes a response that is cut on purpose for an error.
    /// </summary>
    public static void GatewayToConsole(ILoggingBuilder logging) => To(logging, LogLevel.Error, LogLevel.None);

    private static void To(ILoggingBuilder logging, LogLevel ofTheApp, LogLevel ofOthers) => logging
        .AddSimpleConsole(console => console.TimestampFormat = "HH:mm:ss ")
        .AddFilter(null, ofOthers)
        .AddFilter("ContosoSuites", ofTheApp)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
