using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Logs;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Machine;

/// <summary>The log tables that the gateway writes, and the query API on them. They share nothing but the file.</summary>
internal static class LocalLogs
{
    /// <summary>Where the logs are unless one says otherwise.</summary>
    public static string StandardFile { get; } = Path.Combine("data", "gateway-logs.db");

    /// <summary>Opens the tables for a gateway with these options; null when they name no file.</summary>
    /// <exception cref="LocalStartException">The file can not be opened.</exception>
    public static SqliteRequestLog? Open(LocalSystemOptions options)
    {
        if (options.LogFile is null)
        {
            return null;
        }

        var files = GatewayFiles.Read(options.GatewayDirectory);
        var settings = new LogSettings(LocalGateway.Region, files.Diagnostics.RequestHeaders, new UrlSecrets(LocalGateway.Subscriptions));
        try
        {
            return new SqliteRequestLog(new RequestLogOptions { File = options.LogFile, Settings = settings, IngestionDelay = options.LogDelay }, options.GatewayTime);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw Unusable(options.LogFile, e);
        }
    }

    /// <summary>Starts the query API.</summary>
    /// <exception cref="LocalStartException">The port is taken, or the file can not be opened.</exception>
    public static async Task<LogQueryServer> StartQueriesAsync(string file, int port, TimeProvider? time, CancellationToken cancellationToken)
    {
        try
        {
            var options = new LogQueryOptions { File = file, Port = port };
            return await PortInUse.ExplainAsync(port, "--logs-port", () => LogQueryServer.StartAsync(options, time, cancellationToken));
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw Unusable(file, e);
        }
    }

    private static bool IsOfFile(Exception exception) => exception is SqliteException or UnauthorizedAccessException or IOException;

    private static LocalStartException Unusable(string file, Exception exception) =>
        new($"The log file {Path.GetFullPath(file)} can not be used: {exception.Message} Name another one with --log-file.", exception);
}
