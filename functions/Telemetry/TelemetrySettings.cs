using System.Data.Common;
using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>
/// Where telemetry goes. The names are those that the Functions host and OpenTelemetry read as well, so that one setting
/// serves for all.
/// </summary>
/// <param name="ConnectionString">Of Application Insights; empty for none.</param>
/// <param name="Identity">Who writes there; null for whoever has the connection string.</param>
/// <param name="OtlpEndpoint">The address of an OTLP receiver; empty for none.</param>
internal sealed record TelemetrySettings(string ConnectionString, TelemetryIdentity? Identity, string OtlpEndpoint)
{
    public const string ConnectionStringName = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string AuthenticationStringName = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    public const string OtlpEndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public bool ToAzureMonitor => ConnectionString.Length > 0;

    public bool ToOtlp => OtlpEndpoint.Length > 0;

    /// <summary>Reads and checks them. What is wrong is noted without its value, which may be a secret.</summary>
    public static TelemetrySettings Read(IHostApplicationBuilder builder)
    {
        var settings = new TelemetrySettings(
            builder.Configuration[ConnectionStringName] ?? "",
            TelemetryIdentity.Parse(builder.Configuration[AuthenticationStringName], out bool authenticates),
            builder.Configuration[OtlpEndpointName] ?? "");
        if (settings.ToAzureMonitor && !IsConnectionString(settings.ConnectionString))
        {
            builder.AddWrongSetting(
                ConnectionStringName,
                "is not a connection string. It is what the overview of Application Insights shows, "
                + "InstrumentationKey=...;IngestionEndpoint=https://...; leave it out to send nothing there.");
        }

        if (!authenticates)
        {
            builder.AddWrongSetting(
                AuthenticationStringName,
                "must be Authorization=AAD, or ClientId=...;Authorization=AAD with the client id "
                + "of a user-assigned identity; leave it out where local authentication is on.");
        }

        if (settings.ToOtlp && !HttpAddressAttribute.IsHttpAddress(settings.OtlpEndpoint))
        {
            builder.AddWrongSetting(
                OtlpEndpointName, "is not an http(s) address, as in http://localhost:4317; leave it out to send nothing by OTLP.");
        }

        return settings;
    }

    /// <summary>The parts of a string such as <c>Name=value;Name=value</c>; null when it is none.</summary>
    internal static DbConnectionStringBuilder? Parts(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsConnectionString(string text) =>
        Parts(text) is { } parts
        && parts.TryGetValue("InstrumentationKey", out object? key) && Guid.TryParse((string)key, out _)
        && (!parts.TryGetValue("IngestionEndpoint", out object? endpoint) || HttpAddressAttribute.IsHttpAddress((string)endpoint));
}
