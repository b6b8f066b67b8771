using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>The compiler's word: on every file, and on what the linter is there for.</summary>
[Collection(DeploymentCollection.Name)]
public sealed class CompilerTests(Deployment deployment)
{
    /// <summary>A preview can change, so each has its reason. A version that does not exist is what the compiler itself warns of.</summary>
    private static readonly string[] Previews =
    [
        "Microsoft.ApiManagement/service/apis/diagnostics@2024-06-01-preview", // largeLanguageModel
        "Microsoft.ApiManagement/service/backends@2024-06-01-preview", // credentials.managedIdentity
        "Microsoft.Insights/diagnosticSettings@2021-05-01-preview", // there is no other
    ];

    [Fact]
    public void Nothing_is_said_of_any_file()
    {
        Assert.Superset(new HashSet<string> { "main.bicep", "DeployAzureOpenResource.bicep", "modules/openai.bicep" }, deployment.Compilations.Keys.ToHashSet());
        Assert.Empty(deployment.Compilations.Values.SelectMany(compilation => compilation.Diagnostics));
    }

    [Theory]
    [InlineData("use-description-params", "param bare string\n@description('d')\noutput o string = bare")]
    [InlineData("use-description-outputs", "output bare string = 'x'")]
    [InlineData("use-description-types", "type bare = string\n@description('d')\nparam p bare\n@description('d')\noutput o string = p")]
    [InlineData("outputs-should-not-contain-secrets", "@secure()\n@description('d')\nparam p string\n@description('d')\noutput o string = p")]
    [InlineData("secure-parameter-default", "@secure()\n@description('d')\nparam p string = 'x'\nresource r 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {\n  name: 'a/b'\n  properties: {\n    value: p\n  }\n}")]
    [InlineData("no-unused-params", "@description('d')\nparam p string")]
    [InlineData("no-hardcoded-env-urls", "@description('d')\noutput o string = 'https://management.azure.com'")]
    [InlineData("BCP081", "resource r 'Microsoft.Storage/storageAccounts@2024-01-02' existing = {\n  name: 'abc'\n}\n@description('d')\noutput o string = r.name")]
    public async Task What_should_not_be_in_a_file_is_noticed(string code, string text) =>
        Assert.Equal([(code, code == "BCP081" ? "Warning" : "Error")], (await deployment.CompileAsync(text)).Select(diagnostic => (diagnostic.Code, diagnostic.Level)));

    [Fact]
    public void Everything_is_evaluated_and_known_by_its_name_before_anything_is_deployed()
    {
        Every.One([deployment.Main, deployment.Further], snapshot =>
        {
            Assert.Empty(snapshot.Diagnostics);
            Assert.NotEmpty(snapshot.Resources);
            Every.One(snapshot.Resources, resource => Assert.DoesNotContain('[', resource.Text("id")));
        });
    }

    [Fact]
    public void Every_declared_resource_is_in_the_evaluated_deployment()
    {
        string[] declared = [.. Declared(deployment.Compilations["main.bicep"].Template).Distinct().Order(StringComparer.Ordinal)];

        Assert.Contains(declared, type => type.StartsWith("Microsoft.DocumentDB/", StringComparison.Ordinal));
        Assert.Equal(declared, deployment.Main.Resources.Select(TypeOf).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_preview_of_an_API_has_a_reason() => Assert.Equal(
        Previews,
        deployment.Main.Resources.Concat(deployment.Further.Resources).Select(TypeOf)
            .Where(type => type.EndsWith("-preview", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_parameters_file_gives_what_main_bicep_asks_for()
    {
        JsonElement parameters = deployment.Compilations["main.bicep"].Template.GetProperty("parameters");
        string[] given = [.. InfraFiles.Json("main.parameters.json").GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name)];

        Assert.Empty(given.Except(parameters.EnumerateObject().Select(parameter => parameter.Name)));
        Assert.Empty(parameters.EnumerateObject().Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name).Except(given));
    }

    [Fact]
    public void Azd_asks_for_a_region_and_knows_which_ones_there_are()
    {
        JsonElement location = deployment.Compilations["main.bicep"].Template.Get("parameters", "location");

        Assert.Equal("location", location.Text("metadata", "azd", "type"));
        string[] allowed = location.GetProperty("allowedValues").Texts();
        Assert.Superset(new HashSet<string> { "swedencentral", "francecentral", "eastus2" }, allowed.ToHashSet());
        Assert.Equal(allowed.Order(StringComparer.Ordinal).Distinct(), allowed);
    }

    private static string TypeOf(JsonElement resource) => $"{resource.Text("type")}@{resource.Text("apiVersion")}";

    // Of a template and of the modules in it.
    private static IEnumerable<string> Declared(JsonElement template) => Compilation.ResourcesOf(template)
        .SelectMany(resource => resource.Text("type") == "Microsoft.Resources/deployments" ? Declared(resource.Get("properties", "template")) : [TypeOf(resource)]);
}
