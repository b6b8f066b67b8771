using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ContosoSuites.Functions.Gateway;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>The deployed gateway and the files that the local gateway runs name the same things.</summary>
[Collection(DeploymentCollection.Name)]
public sealed partial class GatewayTests(Deployment deployment)
{
    private const string Mark = "end of parameters";
    private const string Backend = "Microsoft.ApiManagement/service/backends";

    /// <summary>The one edit that a third instance needs in infra/gateway.</summary>
    internal static readonly (string File, string Old, string New) ThirdInstance = (
        "gateway/backends.json",
        """{ "name": "openai-secondary", "region": "francecentral", "priority": 1, "weight": 50 }""",
        """
        { "name": "openai-secondary", "region": "francecentral", "priority": 1, "weight": 50 },
        { "name": "openai-third", "region": "polandcentral", "priority": 2, "weight": 30 }
        """);

    private static readonly JsonElement Backends = InfraFiles.Json("gateway/backends.json");
    private static readonly JsonElement Api = InfraFiles.Json("gateway/api.json");
    private static readonly JsonElement Diagnostics = InfraFiles.Json("gateway/diagnostics.json");
    private static readonly XDocument Policy = XDocument.Load(Path.Combine(InfraFiles.Infra, "gateway", "policy.xml"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_deployment_has_a_pool_of_a_backend_an_instance() => Assert.Equal(
        Backends.GetProperty("deployments").EnumerateArray().SelectMany(pool => Backends.GetProperty("instances").EnumerateArray().Select(instance =>
            $"{pool.Text("pool")}: {instance.Text("name")}-{pool.Text("name")} {instance.GetProperty("priority")} {instance.GetProperty("weight")}")),
        Pools(deployment.Main));

    [Fact]
    public async Task An_instance_without_an_address_is_in_no_pool()
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["openAIEndpoints"] = "{ 'openai-secondary': '' }" });

        Assert.Equal(["openai-chat: openai-primary-chat 1 50", "openai-embeddings: openai-primary-embeddings 1 50"], Pools(snapshot));
        Assert.Equal(4, snapshot.Of(Backend).Length);
    }

    [Theory]
    [InlineData("https://third.openai.azure.com")]
    [InlineData("https://third.openai.azure.com/")]
    public async Task A_third_instance_needs_an_entry_and_an_address(string address)
    {
        Snapshot snapshot = await deployment.EvaluateAsync(
            new Dictionary<string, string> { ["openAIEndpoints"] = $"{{ 'openai-secondary': 'https://second.openai.azure.com', 'openai-third': '{address}' }}" },
            ThirdInstance);

        Assert.Empty(snapshot.Diagnostics);
        Assert.Equal("https://third.openai.azure.com/openai", snapshot.Properties(Backend, "openai-third-chat").Text("url"));
        Assert.Equal(
            ["openai-chat: openai-third-chat 2 30", "openai-embeddings: openai-third-embeddings 2 30"],
            Pools(snapshot).Where(member => member.Contains("third", StringComparison.Ordinal)));
        Assert.Contains("third.openai.azure.com", snapshot.Properties("Microsoft.Web/sites/config").Text("BackendDistribution__Backends"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_parameters_file_has_a_place_for_the_address_of_every_further_instance() => Assert.Equal(
        Backends.GetProperty("instances").Texts("name").Skip(1),
        InfraFiles.Json("main.parameters.json").Get("parameters", "openAIEndpoints", "value").EnumerateObject().Select(address => address.Name));

    [Fact]
    public void The_first_instance_is_called_where_it_will_stand() => Assert.Matches(
        @"^\[uri\(reference\('.*/Microsoft.CognitiveServices/accounts/oai-\w+', '[\d-]+'\)\.endpoint, 'openai'\)\]$",
        deployment.Main.Properties(Backend, "openai-primary-chat").Text("url"));

    [Fact]
    public void A_backend_is_called_as_the_gateway_itself_over_TLS_that_is_checked_behind_the_configured_breaker()
    {
        JsonElement[] backends = [.. deployment.Main.Of(Backend).Select(backend => backend.GetProperty("properties")).Where(backend => backend.Text("type") == "Single")];

        Assert.Equal(4, backends.Length);
        Every.One(backends, backend =>
        {
            Assert.Equal("https://cognitiveservices.azure.com", Assert.Single(backend.GetProperty("credentials").EnumerateObject()).Value.Text("resource"));
            Assert.True(backend.Get("tls", "validateCertificateChain").GetBoolean() && backend.Get("tls", "validateCertificateName").GetBoolean());
            JsonElement rule = Assert.Single(backend.Get("circuitBreaker", "rules").EnumerateArray());
            JsonElement configured = Backends.GetProperty("circuitBreaker");
            Assert.True(JsonElement.DeepEquals(configured.GetProperty("statusCodeRanges"), rule.Get("failureCondition", "statusCodeRanges")));
            Assert.Equal(
                (configured.GetProperty("failureCount").GetInt32(), configured.Text("interval"), configured.Text("tripDuration"), configured.GetProperty("acceptRetryAfter").GetBoolean()),
                (rule.Get("failureCondition", "count").GetInt32(), rule.Text("failureCondition", "interval"), rule.Text("tripDuration"), rule.GetProperty("acceptRetryAfter").GetBoolean()));
        });
    }

    [Fact]
    public void The_policy_that_the_local_gateway_executes_is_the_one_that_is_deployed()
    {
        Assert.Equal(
            ("xml", ReadInfra("gateway/policy.xml")),
            (deployment.Main.Properties("Microsoft.ApiManagement/service/apis/policies").Text("format"), deployment.Main.Properties("Microsoft.ApiManagement/service/apis/policies").Text("value")));
        Assert.Equal(
            Policy.Descendants("include-fragment").Select(fragment => fragment.Attribute("fragment-id")!.Value).Distinct()
                .Select(name => (name, "xml", ReadInfra($"gateway/{name}.fragment.xml"))),
            deployment.Main.Of("Microsoft.ApiManagement/service/policyFragments").Select(fragment =>
                (fragment.Text("name").Split('/')[^1], fragment.Text("properties", "format"), fragment.Text("properties", "value"))));
    }

    [Fact]
    public void The_API_that_the_local_gateway_offers_is_the_one_that_is_deployed()
    {
        JsonElement api = deployment.Main.Properties("Microsoft.ApiManagement/service/apis");

        Assert.Equal([Api.Text("name")], deployment.Main.Names("Microsoft.ApiManagement/service/apis"));
        Assert.Equal(
            (Api.Text("path"), Api.Text("subscriptionKeyHeader"), Api.Text("subscriptionKeyQuery"), true),
            (api.Text("path"), api.Text("subscriptionKeyParameterNames", "header"), api.Text("subscriptionKeyParameterNames", "query"), api.GetProperty("subscriptionRequired").GetBoolean()));
        Assert.Equal(
            Api.GetProperty("operations").EnumerateArray().Select(operation => (operation.Text("name"), operation.Text("method"), operation.Text("urlTemplate"), "deployment-id")),
            deployment.Main.Of("Microsoft.ApiManagement/service/apis/operations").Select(operation => (
                operation.Text("name").Split('/')[^1],
                operation.Text("properties", "method"),
                operation.Text("properties", "urlTemplate"),
                Assert.Single(operation.Get("properties", "templateParameters").Texts("name")))));
    }

    [Fact]
    public void The_policy_names_the_pool_of_every_deployment() => Assert.Equal(
        Backends.GetProperty("deployments").Texts("pool").Order(),
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
        int allAttempts = attempts * Seconds(deployment.Main.Properties("Microsoft.ApiManagement/service/namedValues", "openai-attempt-timeout-seconds").Text("value"));
        JsonElement sample = InfraFiles.SampleSettings();
        var defaults = new ApiManagementOptions();
        JsonElement deployed = deployment.Main.Properties("Microsoft.Web/sites/config");

        Assert.Equal("{{openai-attempt-timeout-seconds}}", Policy.Descendants("forward-request").Single().Attribute("timeout")!.Value);
        Assert.All<(int Call, int Turn)>(
            [
                (defaults.ModelCallTimeoutSeconds, defaults.TurnTimeoutSeconds),
                (Seconds(sample.Text("ApiManagement:ModelCallTimeoutSeconds")), Seconds(sample.Text("ApiManagement:TurnTimeoutSeconds"))),
                (Seconds(deployed.Text("ApiManagement__ModelCallTimeoutSeconds")), Seconds(deployed.Text("ApiManagement__TurnTimeoutSeconds"))),
            ],
            configured =>
            {
                Assert.True(allAttempts < configured.Call, $"{attempts} attempts take {allAttempts} s, and the app waits {configured.Call} s.");
                Assert.True(configured.Call < configured.Turn, $"A call takes {configured.Call} s, and a turn {configured.Turn} s.");
                Assert.True(configured.Turn < AzuresLimit, $"A turn takes {configured.Turn} s, and Azure waits {AzuresLimit} s.");
            });
    }

    [Fact]
    public void Every_named_value_of_the_policy_is_deployed()
    {
        string text = string.Concat(Directory.EnumerateFiles(Path.Combine(InfraFiles.Infra, "gateway"), "*.xml").Select(File.ReadAllText));
        string[] used = [.. NamedValue().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(deployment.Main.Names("Microsoft.ApiManagement/service/namedValues")));
        Assert.Equal(
            Backends.Get("tokenLimit", "tokensPerMinute").ToString(),
            deployment.Main.Properties("Microsoft.ApiManagement/service/namedValues", "openai-tokens-per-minute").Text("value"));
    }

    [Fact]
    public async Task Messages_are_logged_only_if_it_is_said()
    {
        JsonElement ByDefault() => deployment.Main.Properties("Microsoft.ApiManagement/service/apis/diagnostics", "azuremonitor").GetProperty("largeLanguageModel");
        Snapshot said = await deployment.EvaluateAsync(new Dictionary<string, string> { ["logMessages"] = "true" });

        Assert.False(Diagnostics.GetProperty("logMessages").GetBoolean());
        Assert.Equal("""{"logs":"enabled"}""", JsonSerializer.Serialize(ByDefault()));
        JsonElement logged = said.Properties("Microsoft.ApiManagement/service/apis/diagnostics", "azuremonitor").GetProperty("largeLanguageModel");
        Assert.Equal(("all", "all"), (logged.Text("requests", "messages"), logged.Text("responses", "messages")));
    }

    [Fact]
    public void Of_a_call_these_headers_are_logged_and_of_one_that_no_API_answers_none()
    {
        JsonElement ofTheApi = deployment.Main.Properties("Microsoft.ApiManagement/service/apis/diagnostics", "azuremonitor");

        Assert.Equal(Diagnostics.GetProperty("requestHeaders").Texts(), ofTheApi.Get("frontend", "request", "headers").Texts());
        Assert.Equal(["applicationinsights", "azuremonitor"], deployment.Main.Names("Microsoft.ApiManagement/service/diagnostics"));
        Every.One(deployment.Main.Of("Microsoft.ApiManagement/service/diagnostics"), diagnostic =>
        {
            Assert.EndsWith($"/loggers/{diagnostic.Text("name").Split('/')[^1]}", diagnostic.Text("properties", "loggerId"), StringComparison.Ordinal);
            Assert.Equal(Diagnostics.GetProperty("samplingPercentage").GetInt32(), diagnostic.Get("properties", "sampling", "percentage").GetInt32());
            Assert.Empty(diagnostic.Get("properties", "frontend", "request", "headers").EnumerateArray());
        });
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public async Task A_deleted_gateway_is_taken_back_only_if_it_is_said(string said, bool restored)
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["restoreApiManagement"] = said });

        Assert.Equal(restored, snapshot.Properties("Microsoft.ApiManagement/service").GetProperty("restore").GetBoolean());
    }

    [Fact]
    public async Task Every_alert_runs_its_query_with_the_values_of_the_parameters_that_it_declares()
    {
        string[] queries = [.. Directory.EnumerateFiles(Path.Combine(InfraFiles.Infra, "alerts"))];
        string[] deployed = [.. deployment.Main.Of("Microsoft.Insights/scheduledQueryRules").Select(rule => Assert.Single(rule.Get("properties", "criteria", "allOf").EnumerateArray()).Text("query"))];

        Assert.Equal(queries.Length, deployed.Length);
        foreach (string query in queries)
        {
            string text = await File.ReadAllTextAsync(query, Cancellation);
            AssertRuns(Assert.Single(deployed, rule => rule.Contains(Escaped(text.Split(Mark)[1]), StringComparison.Ordinal)), text);
        }
    }

    [Fact]
    public async Task The_workbook_pins_every_query_with_the_values_of_the_parameters_that_it_declares()
    {
        string workbook = deployment.Main.Properties("Microsoft.Insights/workbooks").Text("serializedData");
        string[] queries = [.. Directory.EnumerateFiles(Path.Combine(InfraFiles.Infra, "queries")), .. Directory.EnumerateFiles(Path.Combine(InfraFiles.Infra, "alerts"))];

        Assert.NotEmpty(queries);
        foreach (string query in queries)
        {
            string text = await File.ReadAllTextAsync(query, Cancellation);
            Assert.Contains(Escaped(text.Split(Mark)[1]), workbook, StringComparison.Ordinal);
            AssertRuns(workbook, text);
        }
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("gpt-5.4-mini=0.825/4.95, text-embedding-3-small=0.02/0", """{"gpt-5.4-mini":{"prompt":0.825,"completion":4.95},"text-embedding-3-small":{"prompt":0.02,"completion":0}}""")]
    public async Task The_workbook_and_the_app_get_the_same_prices(string prices, string expected)
    {
        Snapshot snapshot = await deployment.EvaluateAsync(new Dictionary<string, string> { ["modelPrices"] = $"'{prices}'" });

        Assert.Equal(prices, snapshot.Properties("Microsoft.Web/sites/config").Text("AzureOpenAI__Prices"));

        // The addresses of the instances are not known yet, so that the values stand beside the text that they go into.
        string workbook = snapshot.Properties("Microsoft.Insights/workbooks").Text("serializedData");
        Assert.Contains("let prices = dynamic({2});", workbook, StringComparison.Ordinal);
        Assert.Contains($", '{expected}'), '", workbook, StringComparison.Ordinal);
    }

    private static void AssertRuns(string deployed, string query)
    {
        string[] parts = query.Split(Mark);
        Assert.Equal(2, parts.Length);
        Assert.Contains($"let api_id = '{Api.Text("name")}';", parts[0], StringComparison.Ordinal);
        Every.One(Let().Matches(parts[0]), declared => Assert.Contains($"let {declared.Groups[1].Value} = ", deployed, StringComparison.Ordinal));
    }

    // The address of the first instance is among the values, so that what is deployed is an expression with the query as its literal.
    private static string Escaped(string query) => query.Replace("'", "''", StringComparison.Ordinal);

    private static string ReadInfra(string path) => File.ReadAllText(Path.Combine(InfraFiles.Infra, path));

    private static IEnumerable<string> Pools(Snapshot snapshot) => snapshot.Of(Backend)
        .Where(backend => backend.Text("properties", "type") == "Pool")
        .SelectMany(pool => pool.Get("properties", "pool", "services").EnumerateArray().Select(member =>
            $"{pool.Text("name").Split('/')[^1]}: {member.Text("id").Split('/')[^1]} {member.GetProperty("priority")} {member.GetProperty("weight")}"));

    private static int Seconds(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^let (\w+) =", RegexOptions.Multiline)]
    private static partial Regex Let();

    [GeneratedRegex(@"\{\{([\w-]+)\}\}")]
    private static partial Regex NamedValue();
}
