using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>The way to Application Insights.</summary>
internal static partial class TelemetryServices
{
    static partial void AddAzureMonitor(IOpenTelemetryBuilder telemetry, TelemetrySettings settings) =>
        telemetry.UseAzureMonitorExporter(exporter =>
        {
            exporter.ConnectionString = settings.ConnectionString;

            // All traces: by default this process alone would leave some out, and the host and the gateway would still have theirs.
            exporter.TracesPerSecond = null;
            exporter.SamplingRatio = 1;
            if (settings.Identity is { } identity)
            {
                exporter.Credential = new ManagedIdentityCredential(identity.ClientId is { } clientId
                    ? ManagedIdentityId.FromUserAssignedClientId(clientId)
                    : ManagedIdentityId.SystemAssigned);
            }
        });
}
