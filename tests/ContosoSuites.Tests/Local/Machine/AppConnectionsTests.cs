using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using Xunit;

namespace ContosoSuites.Tests.Local.Machine;

/// <summary>The settings that tell the app where the other parts are.</summary>
public sealed class AppConnectionsTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["ApiManagement:Endpoint"] = "http://localhost:7080",
        ["LogAnalytics:Endpoint"] = "http://localhost:7091",
        ["LogAnalytics:WorkspaceId"] = "00000000-0000-0000-0000-000000000000",
        ["Chat:MaxMessageLength"] = "10",
    };

    [Fact]
    public void The_parts_that_are_there_take_the_place_of_the_settings()
    {
        var connections = new AppConnections(
            new Uri("http://127.0.0.1:1/"),
            new Uri("http://127.0.0.1:2/"),
            new Dictionary<string, BackendAddress>
            {
                ["one"] = new(new Uri("http://127.0.0.1:3/openai")),
                ["two"] = new(new Uri("https://two.openai.azure.com/openai")),
            });

        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["ApiManagement:Endpoint"] = "http://127.0.0.1:1",
                ["LogAnalytics:Endpoint"] = "http://127.0.0.1:2",
                ["LogAnalytics:WorkspaceId"] = "00000000-0000-0000-0000-000000000000",
                ["Chat:MaxMessageLength"] = "10",
                ["BackendDistribution:Backends"] = "one=127.0.0.1:3,two=two.openai.azure.com",
            },
            connections.Apply(Settings));
    }

    [Fact]
    public void A_list_of_backends_in_the_settings_is_kept()
    {
        var connections = new AppConnections(
            new Uri("http://127.0.0.1:1/"), new Uri("http://127.0.0.1:2/"), new Dictionary<string, BackendAddress> { ["one"] = new(new Uri("http://127.0.0.1:3/openai")) });

        IReadOnlyDictionary<string, string?> settings = connections.Apply(new Dictionary<string, string?>(Settings) { ["BackendDistribution:Backends"] = "two" });

        Assert.Equal("two", settings["BackendDistribution:Backends"]);
    }

    [Fact]
    public void Without_logs_of_its_own_a_system_collects_nothing()
    {
        IReadOnlyDictionary<string, string?> settings = new AppConnections(Gateway: null).Apply(Settings);

        Assert.DoesNotContain("LogAnalytics:WorkspaceId", settings);
        Assert.Equal("http://localhost:7080", settings["ApiManagement:Endpoint"]);
    }
}
