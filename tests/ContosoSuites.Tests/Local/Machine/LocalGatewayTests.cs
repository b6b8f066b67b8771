using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Machine;

public sealed class LocalGatewayTests
{
    private const string Pool = "\"pool\": \"openai-embeddings\" }";

    private static readonly BackendAddress Somewhere = new(new Uri("http://127.0.0.1:1/openai"));

    [Fact]
    public async Task A_deployment_that_nobody_uses_stops_the_start()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(GatewayFolder.Deployed, "backends.json"), TestContext.Current.CancellationToken);
        using GatewayFolder folder = new GatewayFolder().With(
            "backends.json", text.Replace(Pool, Pool + ", { \"name\": \"speech\", \"pool\": \"openai-speech\" }", StringComparison.Ordinal));

        var e = await Assert.ThrowsAsync<LocalStartException>(() => StartAsync(folder));

        Assert.Equal("backends.json: deployments: nobody uses speech, since policy.xml does not name its pool \"openai-speech\".", e.Message);
    }

    [Theory]
    [InlineData("""backend-id="@(context.Request.Method == "POST" ? "openai-chat" : "openai-embeddings")" """)]
    [InlineData("""base-url="http://127.0.0.1:1" """)]
    public async Task A_policy_that_names_no_pool_tells_nothing_of_those_that_are_used(string whom)
    {
        using GatewayFolder folder = new GatewayFolder().With(
            "policy.xml", $"<policies><inbound><set-backend-service {whom}/></inbound><backend><forward-request /></backend></policies>");

        await using GatewayServer gateway = await StartAsync(folder);

        Assert.NotEqual(0, gateway.Endpoint.Port);
    }

    private static Task<GatewayServer> StartAsync(GatewayFolder folder) => LocalGateway.StartAsync(
        new LocalSystemOptions { AppSettings = new Dictionary<string, string?>(), GatewayDirectory = folder.Path },
        new Dictionary<string, BackendAddress> { ["openai-primary"] = Somewhere, ["openai-secondary"] = Somewhere },
        TestContext.Current.CancellationToken);
}
