using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContosoSuites.Functions.Settings;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>The Function App gets the settings that the app reads, and no others.</summary>
[Collection(DeploymentCollection.Name)]
public sealed partial class AppSettingsTests(Deployment deployment)
{
    /// <summary>Read by the Functions host or by Azure.Identity; the app reads some of them too, under the platform's names.</summary>
    private static readonly string[] OfThePlatform =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AZURE_CLIENT_ID",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
    ];

    /// <summary>
    /// For one machine only. In Azure the query API has its usual address, and the store is Cosmos DB: the files of an
    /// instance do not outlive it.
    /// </summary>
    private static readonly string[] NotInAzure = ["LogAnalytics__Endpoint", "Storage__SqlitePath"];

    private Dictionary<string, string> Deployed => deployment.Main.Properties("Microsoft.Web/sites/config").EnumerateObject()
        .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    [Fact]
    public void The_app_gets_what_it_validates_and_what_the_platform_reads_and_nothing_else()
    {
        string[] read = [.. SettingsOfTheApp()];

        Assert.NotEmpty(read);
        Assert.Empty(NotInAzure.Except(read));
        Assert.Equal(read.Except(NotInAzure).Union(OfThePlatform).Order(StringComparer.Ordinal), Deployed.Keys.Order(StringComparer.Ordinal));
    }

    // What is known only once a resource stands is an expression still.
    [Fact]
    public void Fixed_values_are_those_of_the_sample()
    {
        JsonElement sample = InfraFiles.SampleSettings();
        (string Name, string Deployed, string Sample)[] both = [.. Deployed
            .Where(setting => !setting.Value.StartsWith('[') && sample.TryGetProperty(setting.Key.Replace("__", ":", StringComparison.Ordinal), out _))
            .Select(setting => (setting.Key, setting.Value, sample.Text(setting.Key.Replace("__", ":", StringComparison.Ordinal))))];

        Assert.NotEmpty(both);
        Every.One(both, setting => Assert.Equal((setting.Name, setting.Sample), (setting.Name, setting.Deployed)));
    }

    [Fact]
    public void The_key_of_the_gateway_is_a_reference_to_the_vault()
    {
        string key = Deployed["ApiManagement__ApiKey"];

        Assert.StartsWith("[format('@Microsoft.KeyVault(SecretUri={0})', reference(", key, StringComparison.Ordinal);
        Assert.Contains("/secrets/api-management-key'", key, StringComparison.Ordinal);
    }

    private static IEnumerable<string> SettingsOfTheApp()
    {
        Type[] types = typeof(SettingsExtensions).Assembly.GetTypes();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(InfraFiles.Root, "functions"), "*.cs", SearchOption.AllDirectories))
        {
            string code = File.ReadAllText(file);
            foreach (Match section in Section().Matches(code))
            {
                foreach (PropertyInfo setting in types.Single(type => type.Name == section.Groups[1].Value).GetProperties().Where(property => property.CanWrite))
                {
                    yield return $"{section.Groups[2].Value}__{setting.Name}";
                }
            }

            foreach (Match schedule in Schedule().Matches(code))
            {
                yield return schedule.Groups[1].Value;
            }
        }
    }

    [GeneratedRegex("""AddSettings<(\w+)>\("(\w+)"\)""")]
    private static partial Regex Section();

    [GeneratedRegex("""TimerTrigger\("%(\w+)%""")]
    private static partial Regex Schedule();
}
