using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Machine;

/// <summary>Instances that are told in backends.json how to fail.</summary>
public sealed class LocalModelsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_fault_in_backends_json_instances_are_well()
    {
        await using LocalModels models = await LocalModels.StartAsync(Options(GatewayFolder.Deployed), Cancellation);

        Every.One(models.Instances, instance => Assert.Null(instance.Fault));
    }

    [Fact]
    public async Task An_instance_fails_from_the_start_as_backends_json_says()
    {
        using GatewayFolder folder = FolderWith("""{ "retryAfterSeconds": 20, "kind": "throttle" }""");

        await using LocalModels models = await LocalModels.StartAsync(Options(folder.Path), Cancellation);

        Assert.Equal([new ThrottleFault(TimeSpan.FromSeconds(20)), null], models.Instances.Select(instance => instance.Fault));
    }

    [Fact]
    public async Task A_gateway_does_not_mind_the_fault_and_goes_on_with_the_other_instance()
    {
        using GatewayFolder folder = FolderWith("""{ "kind": "wrongTlsName" }""");
        LocalSystemOptions options = Options(folder.Path) with { ModelsHttps = true, StartApp = false };

        await using LocalSystem system = await LocalSystem.StartAsync(options, Cancellation);
        using var client = new HttpClient { BaseAddress = system.Gateway.Endpoint };
        client.DefaultRequestHeaders.Add("api-key", ContosoSuites.Local.Gateway.GatewaySubscription.LocalKey);
        using HttpResponseMessage response = await client.SendAsync(Operation.Chat.CreateRequest(), Cancellation);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("francecentral", Assert.Single(response.Headers.GetValues("x-ms-region")));
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Backend-Retry")));
    }

    [Theory]
    [InlineData("""{ "kind": "earthquake" }""", "earthquake")]
    [InlineData("""{ "retryAfterSeconds": 20 }""", "discriminator")]
    [InlineData("""{ "kind": "throttle", "retryAfter": 20 }""", "retryAfter")]
    [InlineData("""{ "kind": "status", "code": 200 }""", "between 400 and 599")]
    [InlineData("""{ "kind": "wrongTlsName" }""", "--models-https")]
    [InlineData("\"throttle\"", "ModelFault")]
    public async Task A_fault_that_makes_no_sense_stops_the_start(string fault, string mention)
    {
        using GatewayFolder folder = FolderWith(fault);

        var e = await Assert.ThrowsAsync<LocalStartException>(() => LocalModels.StartAsync(Options(folder.Path), Cancellation));

        Assert.StartsWith("backends.json: the fault of openai-primary can not be used: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(mention, e.Message, StringComparison.Ordinal);
    }

    private static LocalSystemOptions Options(string directory) => new() { AppSettings = new Dictionary<string, string?>(), GatewayDirectory = directory };

    private static GatewayFolder FolderWith(string fault)
    {
        const string Place = "\"region\": \"swedencentral\",";
        string text = File.ReadAllText(Path.Combine(GatewayFolder.Deployed, "backends.json"));
        Assert.Contains(Place, text, StringComparison.Ordinal);
        return new GatewayFolder().With("backends.json", text.Replace(Place, $"{Place} \"fault\": {fault},", StringComparison.Ordinal));
    }
}
