using System.Globalization;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>How many requests an instance gets, and how many it takes.</summary>
[Collection(DeploymentCollection.Name)]
public sealed class ScaleTests(Deployment deployment)
{
    [Fact]
    public async Task An_instance_takes_twice_what_it_is_sent()
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["httpConcurrency"] = "321" });

        Assert.Equal((321, "642"), (SentTo(snapshot), snapshot.Properties("Microsoft.Web/sites/config").Text("Http__MaxConcurrentRequests")));
    }

    [Fact]
    public void The_documentation_says_how_many_it_is_sent() => Assert.Contains(
        $"`httpConcurrency` ({SentTo(deployment.Main).ToString(CultureInfo.InvariantCulture)})",
        File.ReadAllText(Path.Combine(InfraFiles.Root, "infra", "README.md")),
        StringComparison.Ordinal);

    private static int SentTo(Snapshot snapshot)
    {
        JsonElement site = snapshot.Properties("Microsoft.Web/sites");
        return site.Get("functionAppConfig", "scaleAndConcurrency").Get("triggers", "http").GetProperty("perInstanceConcurrency").GetInt32();
    }
}
