using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Monitor.OpenTelemetry.Exporter;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Tests.Functions.Distribution;
using ContosoSuites.Tests.Local.Gateway.Logs;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace ContosoSuites.Tests.Functions.Telemetry;

/// <summary>What the app exports, and what it does not.</summary>
public sealed class TelemetryTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallersSpan = "b7ad6b7169203331";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_is_one_trace_from_the_function_to_the_gateways_log()
    {
        using var log = new LogFile();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using TestSystem system = await TestSystem.StartAsync(options => options with { LogFile = log.Path }, Otlp(receiver));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActivityListener listener = ListenFor(ended);

        await ChatAsync(system);
        await Wait.For(ended.Task, "the end of the function's span");

        IReadOnlyList<OtlpSpan> trace = Flush(system, receiver).Trace(TraceId);
        OtlpSpan function = Assert.Single(trace, span => span.Source == "Microsoft.Azure.Functions.Worker");
        Assert.Equal(("function Chat", OtlpSpan.Internal), (function.Name, function.Kind));
        Assert.NotEqual("", function.ParentSpanId);
        OtlpSpan chat = Assert.Single(trace, span => span.Attributes.ContainsKey("gen_ai.usage.input_tokens"));
        Assert.Equal(function.SpanId, AncestorOf(chat, trace));

        // Those of the model: the hop from the host, which is in this process too, is exported as well.
        OtlpSpan[] calls =
        [
            .. trace.Where(span => span.Source == "System.Net.Http" && span.Attributes["url.full"].Contains(system.Local.Gateway.Endpoint.Authority, StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(calls);
        Every.One(calls, call =>
        {
            Assert.Equal(OtlpSpan.Client, call.Kind);
            Assert.Equal(function.SpanId, AncestorOf(call, trace));
        });
        await system.Local.DisposeAsync();
        Assert.Equal(
            calls.Select(call => $"00-{TraceId}-{call.SpanId}-01").Order(),
            log.Rows("ApiManagementGatewayLogs")
                .Select(row => (string)row["RequestHeaders"]!)
                .Where(headers => headers.Contains(TraceId, StringComparison.Ordinal))
                .Select(headers => JsonElement.Parse(headers).GetProperty("traceparent").GetString()!)
                .Order());
    }

    [Fact]
    public async Task The_distribution_is_exported()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using TestSystem system = await TestSystem.StartAsync(Otlp(receiver));
        await ChatAsync(system);

        system.Local.App!.Worker.Services!.GetRequiredService<DistributionMetrics>().Count(
            new DistributionReplacement([], [Bins.Bin(0, "openai-primary", requests: 3)]));

        Flush(system, receiver);
        Assert.Contains(DistributionMetrics.MeterName, receiver.Text("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("gen_ai.client.token.usage", receiver.Text("/v1/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Application_Insights_gets_the_same()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using TestSystem system = await TestSystem.StartAsync(
            ("APPLICATIONINSIGHTS_CONNECTION_STRING",
                $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={receiver.Address};LiveEndpoint={receiver.Address}"));

        await ChatAsync(system);

        Flush(system, receiver);
        Assert.Contains(TraceId, receiver.Text("/v2.1/track"), StringComparison.Ordinal);

        // All of them, as the host and the gateway send all of theirs.
        AzureMonitorExporterOptions exporter = system.Local.App!.Worker.Services!.GetRequiredService<IOptionsMonitor<AzureMonitorExporterOptions>>().CurrentValue;
        Assert.Equal((1F, null), (exporter.SamplingRatio, exporter.TracesPerSecond));
    }

    [Theory]
    [InlineData("Microsoft.SemanticKernel.Connectors.OpenAI")]
    [InlineData("Experimental.Microsoft.Extensions.AI")]
    public async Task A_span_that_failed_does_not_tell_what_its_exception_quotes(string name)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using TestSystem system = await TestSystem.StartAsync(Otlp(receiver));
        using var source = new ActivitySource(name);

        Activity span = source.StartActivity("a call that fails")!;
        span.SetStatus(ActivityStatusCode.Error, "The guest in room 12 has said this.");
        span.Dispose();

        Flush(system, receiver);
        string traces = receiver.Text("/v1/traces");
        Assert.Contains("a call that fails", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("room 12", traces, StringComparison.Ordinal);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
    }

    [Fact]
    public async Task Without_a_destination_nobody_listens()
    {
        await using TestSystem system = await TestSystem.StartAsync();

        IServiceProvider services = system.Local.App!.Worker.Services!;
        Assert.Null(services.GetService<TracerProvider>());
        Assert.Null(services.GetService<MeterProvider>());
        Assert.Null(services.GetService<LoggerProvider>());
    }

    private static (string, string?)[] Otlp(OtlpReceiver receiver) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ];

    private static async Task<string> ChatAsync(TestSystem system)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = JsonContent.Create(new { message = "What can you help me with?" }) };
        request.Headers.Add("traceparent", $"00-{TraceId}-{CallersSpan}-01");
        using HttpResponseMessage response = await system.App.SendAsync(request, Cancellation);
        response.EnsureSuccessStatusCode();
        return await TestSystem.TextAsync(response);
    }

    /// <summary>Tells when the function's span has ended, which may be after its answer has come.</summary>
    private static ActivityListener ListenFor(TaskCompletionSource ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.Azure.Functions.Worker",
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == TraceId)
                {
                    ended.TrySetResult();
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static OtlpReceiver Flush(TestSystem system, OtlpReceiver receiver)
    {
        IServiceProvider services = system.Local.App!.Worker.Services!;
        Assert.True(services.GetRequiredService<TracerProvider>().ForceFlush());
        Assert.True(services.GetRequiredService<MeterProvider>().ForceFlush());
        Assert.True(services.GetRequiredService<LoggerProvider>().ForceFlush());
        return receiver;
    }

    /// <summary>The span that began it all, as far as it was exported.</summary>
    private static string AncestorOf(OtlpSpan span, IReadOnlyList<OtlpSpan> trace) =>
        trace.SingleOrDefault(other => other.SpanId == span.ParentSpanId) is { } parent ? AncestorOf(parent, trace) : span.SpanId;
}
