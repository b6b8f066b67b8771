using ContosoSuites.Functions.Distribution.Collection;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>Traces, metrics and logs to where the settings say.</summary>
internal static partial class TelemetryServices
{
    /// <summary>
    /// What is listened to, besides the functions themselves. Neither source tells what was said, unless
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> asks for it; the runtime's HTTP spans leave headers and query out.
    /// </summary>
    private static readonly string[] Sources = ["Microsoft.SemanticKernel*", "Experimental.Microsoft.Extensions.AI", "System.Net.Http"];

    /// <summary>
    /// Reads the settings of <see cref="TelemetrySettings"/>. With neither destination nobody listens, so that nothing is measured
    /// for nobody.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        TelemetrySettings settings = TelemetrySettings.Read(builder.Configuration);
        if (!settings.ToAzureMonitor && !settings.ToOtlp)
        {
            return;
        }

        IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(Sources))
            .WithMetrics(metrics => metrics.AddMeter([.. Sources, DistributionMetrics.MeterName]));
        if (settings.ToOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (settings.ToAzureMonitor)
        {
            AddAzureMonitor(telemetry, settings);
        }
    }

    static partial void AddAzureMonitor(IOpenTelemetryBuilder telemetry, TelemetrySettings settings);
}
