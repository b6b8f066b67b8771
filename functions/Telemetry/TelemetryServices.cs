using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using ContosoSuites.Functions.Distribution.Collection;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>Traces, metrics and logs to where the settings say.</summary>
internal static class TelemetryServices
{
    /// <summary>
    /// What is listened to, besides the functions themselves. Neither source tells what was said, unless
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> asks for it; the runtime's HTTP spans leave headers and query out.
    /// </summary>
    private static readonly string[] Sources = ["Microsoft.SemanticKernel*", "Experimental.Microsoft.Extensions.AI", "System.Net.Http"];

    /// <summary>
    /// Reads the settings of <see cref="TelemetrySettings"/>. With neither destination nobody listens, so that nothing is measured
    /// for nobody; the host still gets the logs.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.KeepLogsPrivate();
        TelemetrySettings settings = TelemetrySettings.Read(builder);
        if (!settings.ToAzureMonitor && !settings.ToOtlp)
        {
            return;
        }

        IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor<PrivateSpans>())
            .WithMetrics(metrics => metrics.AddMeter([.. Sources, DistributionMetrics.MeterName]));
        if (settings.ToOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (settings.ToAzureMonitor)
        {
            telemetry.AddAzureMonitor(settings);
        }
    }

    /// <summary>Apart, so that the exporter is loaded only where it is used.</summary>
    private static void AddAzureMonitor(this IOpenTelemetryBuilder telemetry, TelemetrySettings settings) => telemetry.UseAzureMonitorExporter(exporter =>
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
