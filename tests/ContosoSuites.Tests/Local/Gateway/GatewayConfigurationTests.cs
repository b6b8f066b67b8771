using System.Text.Json;
using System.Xml;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Files and settings that are wrong stop the start with a message that says what to change.</summary>
public sealed class GatewayConfigurationTests
{
    private static readonly BackendAddress Somewhere = new(new Uri("http://127.0.0.1:1/openai"));

    [Theory]
    [InlineData("\"failureCount\": 1", "\"failureCount\": 0", "failureCount is 0")]
    [InlineData("\"interval\": \"PT10S\"", "\"interval\": \"10s\"", "interval is \"10s\"")]
    [InlineData("\"tripDuration\": \"PT10S\"", "\"tripDuration\": \"-PT1S\"", "tripDuration is \"-PT1S\"")]
    [InlineData("{ \"min\": 502, \"max\": 504 }", "{ \"min\": 504, \"max\": 502 }", "504 to 502")]
    [InlineData("\"weight\": 50 },", "\"weight\": 0 },", "weight 0")]
    [InlineData("\"priority\": 1, \"weight\": 50 },", "\"priority\": 101, \"weight\": 50 },", "priority 101")]
    [InlineData("openai-secondary", "openai-primary", "openai-primary is used twice")]
    [InlineData("openai-secondary", "openai-third", "no address is given for the instance openai-third")]
    [InlineData("\"weight\": 50 },", "\"weight\": 50, \"colour\": \"red\" },", "backends.json(3): instances[0].colour is not known; known are name, region, priority, weight, fault.")]
    [InlineData("\"weight\": 50 },", "\"weight\": \"half\" },", "backends.json(3): instances[0].weight is \"half\"; it must be a whole number.")]
    [InlineData("\"weight\": 50 },", "\"weight\": 0.5 },", "backends.json(3): instances[0].weight is 0.5; it must be a whole number.")]
    [InlineData("\"region\": \"swedencentral\", ", "", "instances[0].region is missing; it must be a text.")]
    [InlineData("\"region\": \"swedencentral\", ", "\"region\": null, ", "instances[0].region is null; it must be a text.")]
    [InlineData("\"acceptRetryAfter\": true", "\"acceptRetryAfter\": \"yes\"", "circuitBreaker.acceptRetryAfter is \"yes\"; it must be true or false.")]
    [InlineData("\"openai-trip-seconds\": \"10\"", "\"openai-trip-seconds\": 10", "namedValues.openai-trip-seconds is 10; it must be a text.")]
    [InlineData("\"pool\"", "\"pond\"", "deployments[0].pool is missing; it must be a text.")]
    [InlineData("openai-embeddings", "openai-chat", "the name openai-chat is used twice")]
    [InlineData("\"attemptTimeoutSeconds\": 60", "\"attemptTimeoutSeconds\": 0", "attemptTimeoutSeconds is 0; it must be at least 1")]
    [InlineData("{", "", "backends.json(2): it is no JSON. ")]
    public async Task Backends_json(string from, string to, string expected)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(GatewayFolder.Deployed, "backends.json"), TestContext.Current.CancellationToken);
        var index = text.IndexOf(from, StringComparison.Ordinal);
        using var folder = new GatewayFolder().With("backends.json", text[..index] + to + text[(index + from.Length)..]);

        await ExpectAsync(folder.Path, Addresses(), expected);
    }

    [Theory]
    [InlineData("policy.xml")]
    [InlineData("backends.json")]
    [InlineData("api.json")]
    public async Task A_file_that_is_missing(string file)
    {
        using var folder = new GatewayFolder();
        File.Delete(Path.Combine(folder.Path, file));

        await ExpectAsync(folder.Path, Addresses(), Path.Combine(folder.Path, file));
    }

    [Fact]
    public async Task An_address_for_a_backend_that_is_not_there() =>
        await ExpectAsync(GatewayFolder.Deployed, new(Addresses()) { ["openai-primry"] = Somewhere }, "openai-primry, which is none of the instances openai-primary, openai-secondary");

    [Fact]
    public async Task An_address_that_is_none() =>
        await ExpectAsync(GatewayFolder.Deployed, new(Addresses()) { ["openai-primary"] = new(new Uri("/openai", UriKind.Relative)) }, "the address of openai-primary is \"/openai\"");

    [Fact]
    public async Task Subscriptions_need_keys_of_their_own()
    {
        await ExpectAsync(GatewayFolder.Deployed, Addresses(), "subscription a has no key", options => options with { Subscriptions = [new("a", "A", "")] });
        await ExpectAsync(GatewayFolder.Deployed, Addresses(), "a and b have the same key", options => options with { Subscriptions = [new("a", "A", "k"), new("b", "B", "k")] });
    }

    [Fact]
    public void The_named_value_of_the_policy_is_the_breakers_trip_duration()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(GatewayFolder.Deployed, "backends.json")));
        var seconds = XmlConvert.ToTimeSpan(json.RootElement.GetProperty("circuitBreaker").GetProperty("tripDuration").GetString()!).TotalSeconds;

        Assert.Equal($"{seconds}", json.RootElement.GetProperty("namedValues").GetProperty("openai-trip-seconds").GetString());
    }

    [Fact]
    public async Task A_named_value_that_replaces_none() => await ExpectAsync(
        GatewayFolder.Deployed,
        Addresses(),
        "no named value openai-tokens to be replaced; backends.json has openai-attempt-timeout-seconds, openai-tokens-per-minute, openai-trip-seconds",
        options => options with { NamedValues = new Dictionary<string, string> { ["openai-tokens"] = "1" } });

    [Fact]
    public async Task A_token_limit_that_is_none()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(GatewayFolder.Deployed, "backends.json"), TestContext.Current.CancellationToken);
        using var folder = new GatewayFolder().With("backends.json", text.Replace("50000", "0", StringComparison.Ordinal));

        await ExpectAsync(folder.Path, Addresses(), "tokens-per-minute of <llm-token-limit> is \"0\"");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_of_the_port()
    {
        await using var first = await TestGateway.StartAsync(Somewhere.Url, Somewhere.Url);

        var exception = await Assert.ThrowsAsync<IOException>(() => TestGateway.StartAsync(Somewhere.Url, Somewhere.Url, options => options with { Port = first.Endpoint.Port }));

        Assert.Contains($"{first.Endpoint.Port}", exception.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, BackendAddress> Addresses() => new() { ["openai-primary"] = Somewhere, ["openai-secondary"] = Somewhere };

    private static async Task ExpectAsync(
        string directory, Dictionary<string, BackendAddress> addresses, string expected, Func<GatewayOptions, GatewayOptions>? configure = null)
    {
        var exception = await Assert.ThrowsAsync<GatewayConfigurationException>(() => TestGateway.StartAsync(directory, addresses, configure));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ContosoSuites.", exception.Message, StringComparison.Ordinal);
    }
}
