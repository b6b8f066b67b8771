using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Host;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Options;
using Xunit;

namespace ContosoSuites.Tests.Functions.Settings;

/// <summary>A setting that is missing or wrong stops the start with its name.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("ApiManagement:ApiKey", null, "is missing")]
    [InlineData("ApiManagement:ApiKey", "", "is missing")]
    [InlineData("AzureOpenAI:DeploymentName", null, "is missing")]
    [InlineData("AzureOpenAI:EmbeddingDeploymentName", " ", "is missing")]
    [InlineData("AzureOpenAI:Prices", "gpt-5.4-mini=0,825/4,95", "'gpt-5.4-mini=0' is no deployment with its prices. Write NAME=PROMPT/COMPLETION")]
    [InlineData("AzureOpenAI:Prices", "a=1/2,a=1/2", "a is priced twice")]
    [InlineData("ApiManagement:ModelCallTimeoutSeconds", "0", "from 1 to 600")]
    [InlineData("ApiManagement:ModelCallTimeoutSeconds", "soon", "soon")]
    [InlineData("ApiManagement:MaxRetryWaitSeconds", "-1", "from 0 to 60")]
    [InlineData("BackendDistribution:Backends", "openai-primary, openai-third", "names openai-third")]
    [InlineData("BackendDistribution:LatenessMinutes", "-1", "from 0 to 1440")]
    [InlineData("BackendDistribution:RetentionDays", "0", "from 1 to 3650")]
    [InlineData("LogAnalytics:WorkspaceId", "log-contoso-suites", "not a workspace id")]
    [InlineData("LogAnalytics:Endpoint", "http://api.loganalytics.io", "use https")]
    [InlineData("LogAnalytics:Endpoint", "", "leave it out")]
    [InlineData("LogAnalytics:TimeoutSeconds", "601", "from 10 to 600")]
    [InlineData("Chat:MaxMessageLength", "0", "from 1 to 1000000")]
    [InlineData("Embeddings:MaxTextLength", "many", "many")]
    [InlineData("Http:MaxConcurrentRequests", "0", "from 1 to 100000 requests")]
    [InlineData("Chat:MaxMessageLength", "lots", "is not a whole number. It must be from 1 to 1000000")]
    [InlineData("Chat:MaxMessageLength", "99999999999999999999", "from 1 to 1000000")]
    [InlineData("Chat:MaxMesageLength", "4000", "is not known. The section has MaxMessageLength")]
    [InlineData("AzureOpenAI:ApiKey", "secret", "is not known")]
    [InlineData("BackendDistributionSchedule", null, "is missing: it is when the timer runs")]
    [InlineData("EmbedPendingRequestsSchedule", "", "is missing: it is when the timer runs")]
    [InlineData("PurgeConversationsSchedule", "every hour", "'every hour' is not an NCRONTAB expression such as '0 */5 * * * *'")]
    [InlineData("PurgeConversationsSchedule", "0 60 * * * *", "is not an NCRONTAB expression")]
    [InlineData("PurgeConversationsSchedule", "00:05:00", "An interval such as 00:05:00 is not accepted")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "not an http(s) address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "not an http(s) address")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "00000000-0000-0000-0000-000000000001", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=mine", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=here", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=00000000-0000-0000-0000-000000000001", "must be Authorization=AAD")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=mine;Authorization=AAD", "must be Authorization=AAD")]
    public async Task Stops_the_start_and_names_the_setting(string name, string? value, string says)
    {
        string message = await FailToStartAsync((name, value));

        Assert.Contains($"Setting {name}: ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_named_at_once_a_line_each()
    {
        string message = await FailToStartAsync(
            ("ApiManagement:ApiKey", null),
            ("ApiManagement:ModelCallTimeoutSeconds", "0"),
            ("AzureOpenAI:DeploymentName", ""),
            ("Chat:MaxMessageLength", "lots"),
            ("Copilot:HistoryTokenz", "6000"),
            ("BackendDistribution:Backends", "openai-third"),
            ("LogAnalytics:WorkspaceId", "log-contoso-suites"),
            ("Storage:SqlitePath", "~/contoso.db"),
            ("PurgeConversationsSchedule", null),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"));

        Assert.Equal(10, message.Split('\n').Count(line => line.StartsWith("Setting ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_key_is_not_repeated()
    {
        string message = await FailToStartAsync(
            ("AzureOpenAI:ApiKey", "a-secret"),
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=a-secret"),
            ("CosmosDB:AccountEndpoint", "AccountEndpoint=https://contoso.documents.azure.com/;AccountKey=a-secret"));

        Assert.DoesNotContain("a-secret", message, StringComparison.Ordinal);
    }

    /// <summary>Starts the app alone: a whole system sets where the app finds the others.</summary>
    private static async Task<string> FailToStartAsync(params (string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>(LocalSettingsFile.ReadSample());
        foreach ((string name, string? value) in settings)
        {
            values[name] = value;
        }

        var options = new FunctionsHostOptions { Worker = TestWorker.Home(), Settings = values };
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FunctionsHost.StartAsync(options, TestContext.Current.CancellationToken));
        return refused.Message;
    }
}
