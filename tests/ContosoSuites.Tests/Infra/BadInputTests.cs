using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>A file that does not fit stops the deployment before it begins, with the file, the field and the reason.</summary>
[Collection(DeploymentCollection.Name)]
public sealed class BadInputTests(Deployment deployment)
{
    private const string Models = "models.json";
    private const string Backends = "gateway/backends.json";
    private const string Secondary = "{ \"name\": \"openai-secondary\", \"region\": \"francecentral\", \"priority\": 1, \"weight\": 50 }";

    [Theory]
    [InlineData(Models, "\"sku\": \"DataZoneStandard\"", "\"sku\": \"Standard\"", "loadJsonContent('models.json')", "\"sku\"", "'DataZoneStandard' | 'GlobalStandard'")]
    [InlineData(Models, "\"retires\": \"2027-09-21\",", "", "loadJsonContent('models.json')", "\"retires\"")]
    [InlineData(Models, "\"embedding\": {", "\"spare\": {}, \"embedding\": {", "loadJsonContent('models.json')", "\"spare\" is not allowed")]
    [InlineData(Models, "\"capacity\": 50", "\"capacity\": 0", "infra/models.json: chat.capacity is 0; it must be 1 or more.", "embedding.capacity is 0")]
    [InlineData(Models, "\"deployment\": \"text-embedding-3-small\"", "\"deployment\": \"gpt-5.4-mini\"", "infra/models.json: embedding.deployment is \"gpt-5.4-mini\"")]
    [InlineData(Models, "\"dimensions\": 1536", "\"dimensions\": 5000", "infra/models.json: embedding.dimensions is 5000")]
    [InlineData(Backends, "\"openai-secondary\"", "\"openai-primary\"", "infra/gateway/backends.json: instances: the name \"openai-primary\" is used twice.")]
    [InlineData(Backends, "\"weight\": 50", "\"weight\": 0", "infra/gateway/backends.json: the weight of openai-primary is 0; it must be from 1 to 100.", "the weight of openai-secondary is 0")]
    [InlineData(Backends, "\"priority\": 1", "\"priority\": 101", "infra/gateway/backends.json: the priority of openai-primary is 101")]
    [InlineData(Backends, "\"name\": \"embeddings\"", "\"name\": \"chat\"", "infra/gateway/backends.json: deployments: the name \"chat\" is used twice.")]
    [InlineData(Backends, "\"pool\": \"openai-embeddings\"", "\"pool\": \"openai-chat\"", "infra/gateway/backends.json: deployments: the pool \"openai-chat\" is used twice.")]
    [InlineData(Backends, "\"pool\": \"openai-embeddings\" }", "\"pool\": \"openai-embeddings\" }, { \"name\": \"speech\", \"pool\": \"openai-speech\" }", "infra/gateway/backends.json: deployments: nobody uses speech", "\"openai-speech\"")]
    [InlineData(Backends, "\"tokensPerMinute\"", "\"tokensPerHour\"", "loadJsonContent('gateway/backends.json')", "\"tokensPerMinute\"")]
    [InlineData(Backends, ",\n    " + Secondary, ",\n    { \"name\": \"openai-secondary\", \"priority\": \"first\", \"weight\": 50 }", "backends.instances[1]")]
    public async Task A_file_that_does_not_fit_is_refused(string file, string old, string @new, params string[] reasons)
    {
        string refusal = await deployment.RefusalAsync(new Dictionary<string, string>(), (file, old, @new));

        Every.One(reasons, reason => Assert.Contains(reason, refusal, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai-thrid", "openAIEndpoints: \"openai-thrid\" is none of the instances in infra/gateway/backends.json after the first one, which is deployed here: openai-secondary.")]
    [InlineData("openai-primary", "openAIEndpoints: \"openai-primary\" is none of")]
    public async Task An_address_of_no_instance_is_refused(string name, string reason)
    {
        string refusal = await deployment.RefusalAsync(new Dictionary<string, string> { ["openAIEndpoints"] = $"{{ '{name}': 'https://x.openai.azure.com' }}" });

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt-5.4-mini", "modelPrices: \"gpt-5.4-mini\" is no deployment with its prices, such as gpt-5.4-mini=0.825/4.95.")]
    [InlineData("a=1/1,gpt-5.4-mini=0.825", "modelPrices: \"gpt-5.4-mini=0.825\" is no deployment")]
    [InlineData("gpt-5.4-mini=dear/4.95", "modelPrices: \"gpt-5.4-mini=dear/4.95\" is no deployment")]
    [InlineData("gpt-5.4-mini=/4.95", "modelPrices: \"gpt-5.4-mini=/4.95\" is no deployment")]
    public async Task A_price_that_is_none_is_refused(string prices, string reason)
    {
        string refusal = await deployment.RefusalAsync(new Dictionary<string, string> { ["modelPrices"] = $"'{prices}'" });

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maximumInstanceCount", "1001")]
    [InlineData("instanceMemoryMB", "1024")]
    [InlineData("httpConcurrency", "1001")]
    [InlineData("location", "'atlantis'")]
    [InlineData("apiManagementSku", "'Consumption'")]
    public async Task A_value_that_Azure_does_not_take_is_refused(string parameter, string value)
    {
        BicepException refusal = await Assert.ThrowsAsync<BicepException>(() => deployment.EvaluateAsync(new Dictionary<string, string> { [parameter] = value }));

        Assert.NotEmpty(refusal.Message);
    }
}
