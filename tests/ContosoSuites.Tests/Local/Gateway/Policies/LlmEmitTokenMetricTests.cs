using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>The token metric of the deployed policy, and what else the element can do.</summary>
public sealed class LlmEmitTokenMetricTests : IAsyncLifetime
{
    private readonly GatewayFolder _folder = new();
    private readonly ConcurrentQueue<(string Meter, string Name, long Value, Dictionary<string, object?> Dimensions)> _measured = new();
    private readonly MeterListener _listener = new();
    private readonly string _subscription = Guid.NewGuid().ToString();
    private StubBackend _backend = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await StubBackend.StartAsync("swedencentral", Stub.Answer(200, Answers.Chat(60, 30)));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name.EndsWith("Tokens", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            // Other tests' gateways have meters of the same name in this process.
            var dimensions = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (dimensions.ContainsValue(_subscription))
            {
                _measured.Enqueue((instrument.Meter.Name, instrument.Name, value, dimensions));
            }
        });
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _folder.Dispose();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task The_deployed_policy_tells_api_caller_subscription_and_function()
    {
        await using var gateway = await StartAsync(GatewayFolder.Deployed);
        using var request = Operation.Chat.CreateRequest();
        request.Headers.Add("x-contoso-function", "MaintenanceCopilotChat");
        (await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(
            [("Total Tokens", 90L), ("Prompt Tokens", 60L), ("Completion Tokens", 30L)], _measured.Select(measurement => (measurement.Name, measurement.Value)));
        Every.One(_measured, measurement =>
        {
            Assert.Equal("ContosoSuites", measurement.Meter);
            Assert.Equal(
                new Dictionary<string, object?>
                {
                    ["API ID"] = "azure-openai",
                    ["Client IP address"] = "127.0.0.1",
                    ["Subscription ID"] = _subscription,
                    ["Function"] = "MaintenanceCopilotChat",
                },
                measurement.Dimensions);
        });
    }

    [Fact]
    public async Task A_call_that_no_function_makes_is_counted_too()
    {
        await using var gateway = await StartAsync(GatewayFolder.Deployed);
        (await gateway.SendAsync(Operation.Chat)).Dispose();

        Assert.Equal("none", _measured.First().Dimensions["Function"]);
    }

    [Fact]
    public async Task The_default_dimensions_need_no_value_and_the_default_namespace_no_name()
    {
        _folder.WithPolicy(inbound: """
            <llm-emit-token-metric>
                <dimension name="API ID" /><dimension name="Operation ID" /><dimension name="Subscription ID" />
            </llm-emit-token-metric>
            """);
        await using var gateway = await StartAsync(_folder.Path);
        (await gateway.SendAsync(Operation.Chat)).Dispose();

        Assert.Equal(3, _measured.Count);
        Assert.Equal("API Management", _measured.First().Meter);
        Assert.Equal(
            ["API ID=azure-openai", "Operation ID=chat-completions", $"Subscription ID={_subscription}"],
            _measured.First().Dimensions.Select(dimension => $"{dimension.Key}={dimension.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_request_that_has_used_nothing_is_not_measured()
    {
        await using var gateway = await StartAsync(GatewayFolder.Deployed);
        _backend.Handler = Stub.Answer(400, Answers.Chat(60, 30));
        (await gateway.SendAsync(Operation.Chat)).Dispose();
        _backend.Handler = Answers.InPieces("text/event-stream", [Encoding.UTF8.GetBytes(Answers.Stream(2, Answers.Usage(3, 2)))]);
        (await gateway.SendAsync(Operation.StreamedChat)).Dispose();

        Assert.Equal([5L, 3L, 2L], _measured.Select(measurement => measurement.Value));
    }

    [Theory]
    [InlineData("<llm-emit-token-metric />", "policy.xml(2)", "needs a <dimension>")]
    [InlineData("<llm-emit-token-metric>\n<dimension name=\"Caller\" /></llm-emit-token-metric>", "policy.xml(3)", "API ID, Operation ID, Subscription ID")]
    [InlineData("<llm-emit-token-metric>\n<dimension name=\"User ID\" /></llm-emit-token-metric>", "policy.xml(3)", "needs the attribute value")]
    [InlineData("<llm-emit-token-metric>\n<dimension value=\"a\" /></llm-emit-token-metric>", "policy.xml(3)", "needs the attribute name")]
    [InlineData("<llm-emit-token-metric namespace=\"@(1)\"><dimension name=\"API ID\" /></llm-emit-token-metric>", "policy.xml(2)", "takes no expression")]
    [InlineData("<llm-emit-token-metric><dimension name=\"a\" value=\"1\" /><dimension name=\"b\" value=\"1\" /><dimension name=\"c\" value=\"1\" /><dimension name=\"d\" value=\"1\" /><dimension name=\"e\" value=\"1\" /><dimension name=\"f\" value=\"1\" /></llm-emit-token-metric>", "policy.xml(2)", "at most 5")]
    public async Task It_refuses(string element, string place, string expected)
    {
        _folder.With("policy.xml", $"<policies><inbound>\n{element}</inbound><backend><base /></backend></policies>");

        var exception = await Assert.ThrowsAsync<GatewayConfigurationException>(() => StartAsync(_folder.Path));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private Task<TestGateway> StartAsync(string directory) => TestGateway.StartAsync(
        directory,
        new() { ["openai-primary"] = new BackendAddress(_backend.Url), ["openai-secondary"] = new BackendAddress(_backend.Url) },
        options => options with { Subscriptions = [new GatewaySubscription(_subscription, "The app", GatewaySubscription.LocalKey)] });
}
