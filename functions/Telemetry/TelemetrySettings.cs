using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

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

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="OptionsValidationException">One line for every setting that is wrong, with its name. It repeats no value.</exception>
    public static TelemetrySettings Read(IConfiguration configuration)
    {
        var settings = new TelemetrySettings(
            configuration[ConnectionStringName] ?? "",
            TelemetryIdentity.Parse(configuration[AuthenticationStringName], out bool authenticates),
            configuration[OtlpEndpointName] ?? "");
        List<string> wrong = [];
        if (settings.ToAzureMonitor && !IsConnectionString(settings.ConnectionString))
        {
            wrong.Add($"Setting {ConnectionStringName}: is not a connection string. It is what the overview of Application Insights shows, "
                + "InstrumentationKey=...;IngestionEndpoint=https://...; leave it out to send nothing there.");
        }

        if (!authenticates)
        {
            wrong.Add($"Setting {AuthenticationStringName}: must be Authorization=AAD, or ClientId=...;Authorization=AAD with the client id "
                + "of a user-assigned identity; leave it out where local authentication is on.");
        }

        if (settings.ToOtlp && !IsHttp(settings.OtlpEndpoint))
        {
            wrong.Add($"Setting {OtlpEndpointName}: is not an http(s) address, as in http://localhost:4317; leave it out to send nothing by OTLP.");
        }

        return wrong.Count == 0 ? settings : throw new OptionsValidationException("Telemetry", typeof(TelemetrySettings), wrong);
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
        && (!parts.TryGetValue("IngestionEndpoint", out object? endpoint) || IsHttp((string)endpoint));

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
