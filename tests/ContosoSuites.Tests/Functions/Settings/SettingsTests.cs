using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Host;
using ContosoSuites.Tests.Local.Host;
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
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "not an http(s) address")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "not an http(s) address")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "00000000-0000-0000-0000-000000000001", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=mine", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=here", "not a connection string")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=00000000-0000-0000-0000-000000000001", "must be Authorization=AAD")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=mine;Authorization=AAD", "must be Authorization=AAD")]
    public async Task Stops_the_start_and_names_the_setting(string name, string? value, string says)
    {
        // The app alone: a whole system sets where the app finds the others.
        var options = new FunctionsHostOptions
        {
            Worker = TestWorker.Home(),
            Settings = new Dictionary<string, string?>(LocalSettingsFile.ReadSample()) { [name] = value },
        };

        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => FunctionsHost.StartAsync(options, TestContext.Current.CancellationToken));

        string message = e.ToString();
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }
}
