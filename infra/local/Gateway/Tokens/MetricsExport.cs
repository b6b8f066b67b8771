using OpenTelemetry.Metrics;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>Sends the token metrics to where OpenTelemetry is told to send them.</summary>
internal static class MetricsExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports <paramref name="metrics"/> by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where; the exporter reads the other <c>OTEL_</c> settings.</summary>
    public static void AddMetricsExport(this WebApplicationBuilder builder, TokenMetrics metrics)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry().WithMetrics(telemetry => telemetry
            .AddMeter([.. metrics.Namespaces])
            .AddView(instrument => new MetricStreamConfiguration { Name = ExportedName(instrument.Name) })
            .AddOtlpExporter());
    }

    // OpenTelemetry has no spaces in names, and would leave the instruments of API Management's names out.
    private static string ExportedName(string name) => name.ToLowerInvariant().Replace(' ', '_');
}
