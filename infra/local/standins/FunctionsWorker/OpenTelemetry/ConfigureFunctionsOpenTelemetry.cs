using OpenTelemetry;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

/// <summary>OpenTelemetry of a worker.</summary>
public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Listens to the functions' activities. There is no host to be told that it need not speak for the worker.</summary>
    /// <param name="builder">OpenTelemetry's builder.</param>
    /// <returns>The same builder.</returns>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) =>
        builder.WithTracing(tracing => tracing.AddSource("Microsoft.Azure.Functions.Worker"));
}
