using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ContosoSuites.Functions.Gateway;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>The deployed gateway and the files that the local gateway runs name the same things.</summary>
public sealed partial class GatewayTests(BicepFiles bicep) : IClassFixture<BicepFiles>
{
    private static readonly JsonElement Backends = BicepFiles.Json("gateway/backends.json");
    private static readonly JsonElement Api = BicepFiles.Json("gateway/api.json");
    private static readonly XDocument Policy = XDocument.Load(Path.Combine(BicepFiles.Infra, "gateway", "policy.xml"));

    [Fact]
    public void Main_bicep_has_an_address_for_every_instance_of_backends_json() => Assert.Equal(
        Backends.GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("name").GetString()),
        bicep.Declaration("main.bicep", "module_declaration", "gateway").Get("params", "endpoints").Properties().Keys);

    [Theory]
    [InlineData("modules/gateway-backends.bicep", "../gateway/backends.json")]
    [InlineData("modules/gateway-values.bicep", "../gateway/backends.json")]
    [InlineData("modules/gateway-values.bicep", "../gateway/answer-failure.fragment.xml")]
    [InlineData("modules/gateway-api.bicep", "../gateway/api.json")]
    [InlineData("modules/gateway-api.bicep", "../gateway/policy.xml")]
    [InlineData("modules/gateway-diagnostics.bicep", "../gateway/diagnostics.json")]
    public void What_the_local_gateway_reads_is_what_is_deployed(string module, string file) => Assert.Contains(
        bicep[module].Calls(), call => call.Function.StartsWith("load", StringComparison.Ordinal) && call.Arguments.Children[0].Literal == file);

    [Fact]
    public void The_policy_names_the_pool_of_every_deployment() => Assert.Equal(
        Backends.GetProperty("deployments").EnumerateArray().Select(deployment => deployment.GetProperty("pool").GetString()).Order(),
        Policy.Descendants("set-backend-service").Select(element => element.Attribute("backend-id")!.Value).Order());

    [Fact]
    public void Each_pool_remembers_its_own_failures() => Assert.Equal(
        Policy.Descendants("set-backend-service").Select(element => element.Attribute("backend-id")!.Value),
        Policy.Descendants("set-variable").Where(element => element.Attribute("name")!.Value == "pool").Select(element => element.Attribute("value")!.Value));

    /// <summary>A hung instance must end in another's answer, and the answer must come before Azure has given the caller up.</summary>
    [Fact]
    public void An_attempt_a_call_and_a_turn_fit_into_each_other()
    {
        const int AzuresLimit = 230;
        int attempts = int.Parse(Policy.Descendants("retry").Single().Attribute("count")!.Value, CultureInfo.InvariantCulture) + 1;
        int allAttempts = attempts * Backends.GetProperty("attemptTimeoutSeconds").GetInt32();
        JsonElement sample = JsonElement.Parse(File.ReadAllText(Path.Combine(BicepFiles.Root, "local.settings.sample.json"))).GetProperty("Values");
        var defaults = new ApiManagementOptions();
        Dictionary<string, BicepNode> deployed = bicep.Declaration("main.bicep", "module_declaration", "functionApp").Get("params", "settings").Properties();

        Assert.Equal("{{openai-attempt-timeout-seconds}}", Policy.Descendants("forward-request").Single().Attribute("timeout")!.Value);
        Assert.All<(int Call, int Turn)>(
            [
                (defaults.ModelCallTimeoutSeconds, defaults.TurnTimeoutSeconds),
                (Seconds(sample.GetProperty("ApiManagement:ModelCallTimeoutSeconds").GetString()), Seconds(sample.GetProperty("ApiManagement:TurnTimeoutSeconds").GetString())),
                (Seconds(deployed["ApiManagement__ModelCallTimeoutSeconds"].Literal), Seconds(deployed["ApiManagement__TurnTimeoutSeconds"].Literal)),
            ],
            configured =>
            {
                Assert.True(allAttempts < configured.Call, $"{attempts} attempts take {allAttempts} s, and the app waits {configured.Call} s.");
                Assert.True(configured.Call < configured.Turn, $"A call takes {configured.Call} s, and a turn {configured.Turn} s.");
                Assert.True(configured.Turn < AzuresLimit, $"A turn takes {configured.Turn} s, and Azure waits {AzuresLimit} s.");
            });
    }

    [Fact]
    public void Every_fragment_of_the_policy_is_deployed() => Assert.Equal(
        Policy.Descendants("include-fragment").Select(fragment => fragment.Attribute("fragment-id")!.Value).Distinct(),
        bicep["modules/gateway-values.bicep"].All("resource_declaration")
            .Where(resource => resource.Children[1].Literal.StartsWith("Microsoft.ApiManagement/service/policyFragments@", StringComparison.Ordinal))
            .Select(resource => resource.Get("name").Literal));

    [Fact]
    public void Every_named_value_of_the_policy_is_deployed()
    {
        string text = string.Concat(Directory.EnumerateFiles(Path.Combine(BicepFiles.Infra, "gateway"), "*.xml").Select(File.ReadAllText));
        string[] deployed =
        [
            .. Backends.GetProperty("namedValues").EnumerateObject().Select(value => value.Name),
            .. bicep.Declaration("modules/gateway-values.bicep", "variable_declaration", "values").All("object").Single().Properties().Keys,
        ];

        Assert.NotEmpty(deployed);
        Assert.Empty(NamedValue().Matches(text).Select(match => match.Groups[1].Value).Except(deployed));
    }

    [Fact]
    public void A_single_credential_of_the_gateway_is_its_identity()
    {
        BicepNode backend = bicep.Declaration("modules/gateway-backends.bicep", "resource_declaration", "backends");

        Assert.Equal(["managedIdentity"], backend.Get("properties", "credentials").Properties().Keys);
        Assert.Equal("https://cognitiveservices.azure.com", backend.Get("properties", "credentials", "managedIdentity", "resource").Literal);
    }

    [Fact]
    public void Messages_are_not_logged_by_default()
    {
        Assert.False(BicepFiles.Json("gateway/diagnostics.json").GetProperty("logMessages").GetBoolean());
        Assert.EndsWith("loadJsonContent('gateway/diagnostics.json').logMessages", bicep.Declaration("main.bicep", "parameter_declaration", "logMessages").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modules/alerts.bicep")]
    [InlineData("modules/workbook.bicep")]
    public void The_deployment_gives_every_query_the_parameters_that_it_declares(string module)
    {
        string given = bicep.Declaration(module, "variable_declaration", "parameters").Value.Literal;
        string mark = bicep.Declaration(module, "variable_declaration", "mark").Value.Literal;
        string[] queries = [.. Loaded(bicep[module])];

        Assert.NotEmpty(queries);
        Assert.All(queries, query =>
        {
            string[] parts = ReadBeside(module, query).Split(mark);
            Assert.Equal(2, parts.Length);
            Assert.Contains($"let api_id = '{Api.GetProperty("name").GetString()}';", parts[0], StringComparison.Ordinal);
            Assert.All(Let().Matches(parts[0]), declared => Assert.Contains($"let {declared.Groups[1].Value} = ", given, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_alert_query_is_deployed() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(BicepFiles.Infra, "alerts")).Select(Path.GetFileName).Order(),
        Loaded(bicep["modules/alerts.bicep"]).Select(Path.GetFileName).Order());

    [Fact]
    public void The_workbook_pins_every_query() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(BicepFiles.Infra, "queries")).Concat(Directory.EnumerateFiles(Path.Combine(BicepFiles.Infra, "alerts")))
            .Select(Path.GetFileName).Order(),
        Loaded(bicep["modules/workbook.bicep"]).Select(Path.GetFileName).Order());

    private static int Seconds(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    private static string ReadBeside(string module, string file) =>
        File.ReadAllText(Path.Combine(BicepFiles.Infra, Path.GetDirectoryName(module)!, file));

    private static IEnumerable<string> Loaded(BicepNode node) =>
        node.Calls().Where(call => call.Function == "loadTextContent").Select(call => call.Arguments.Children[0].Literal);

    [GeneratedRegex(@"^let (\w+) =", RegexOptions.Multiline)]
    private static partial Regex Let();

    [GeneratedRegex(@"\{\{([\w-]+)\}\}")]
    private static partial Regex NamedValue();
}
