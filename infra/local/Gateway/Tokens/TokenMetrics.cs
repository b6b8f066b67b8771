using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>The metrics that the policy emits.</summary>
internal sealed class TokenMetrics : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly List<Meter> _meters = [];

    public TokenInstruments Open(string name)
    {
        var meter = new Meter(name);
        _meters.Add(meter);
        return new TokenInstruments(meter);
    }

    /// <summary>Exports them by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where; the exporter reads the other <c>OTEL_</c> settings.</summary>
    public void Export(WebApplicationBuilder builder)
    {
        builder.Configuration.AddEnvironmentVariables();
        if (!string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            builder.Services.AddOpenTelemetry().WithMetrics(telemetry => telemetry
                .AddMeter([.. _meters.Select(meter => meter.Name).Distinct()])
                .AddView(instrument => new MetricStreamConfiguration { Name = ExportedName(instrument.Name) })
                .AddOtlpExporter());
        }
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());

    // OpenTelemetry has no spaces in names, and would leave the instruments of API Management's names out.
    private static string ExportedName(string name) => name.ToLowerInvariant().Replace(' ', '_');
}

/// <summary>The token metrics of one namespace, named as in API Management.</summary>
internal sealed class TokenInstruments(Meter meter)
{
    private const string Unit = "{token}";

    private readonly Counter<long> _total = meter.CreateCounter<long>("Total Tokens", Unit, "Tokens of prompts and completions.");
    private readonly Counter<long> _prompt = meter.CreateCounter<long>("Prompt Tokens", Unit, "Tokens of prompts.");
    private readonly Counter<long> _completion = meter.CreateCounter<long>("Completion Tokens", Unit, "Tokens of completions.");

    public void Add(TokenUsage usage, in TagList dimensions)
    {
        _total.Add(usage.Sum, dimensions);
        _prompt.Add(usage.PromptTokens, dimensions);
        _completion.Add(usage.CompletionTokens, dimensions);
    }
}
