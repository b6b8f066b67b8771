using System.Collections.Concurrent;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Functions.Settings;

/// <summary>As whom the app asks for tokens: its process beside an endpoint for managed identities, as Azure has one for it.</summary>
public sealed class IdentityTests
{
    private const string Reader = "11111111-2222-3333-4444-555555555555";
    private const string Publisher = "66666666-7777-8888-9999-000000000000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_are_read_and_telemetry_is_sent_each_as_the_identity_of_its_setting()
    {
        using var nobody = new HeldPort();
        await using TokenEndpoint tokens = await TokenEndpoint.StartAsync();
        await using TestHost host = await TestHost.StartProcessAsync(
            [
                .. tokens.Settings,
                ("AZURE_CLIENT_ID", Reader),
                ("LogAnalytics:WorkspaceId", "6f0f7c9e-3c55-4c0b-9d3e-2a52a35d7a11"),
                ("LogAnalytics:Endpoint", $"https://localhost:{nobody.Number}"),
                ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://localhost:{nobody.Number}/"),
                ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", $"ClientId={Publisher};Authorization=AAD"),
                ("OTEL_BSP_SCHEDULE_DELAY", "100"),
                ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
            ]);

        using HttpResponseMessage fired = await host.Client.PostAsync("admin/functions/CollectBackendDistribution", null, Cancellation);

        Assert.Equal(Reader, await tokens.ClientOfAsync($"https://localhost:{nobody.Number}"));
        Assert.Equal(Publisher, await tokens.ClientOfAsync("https://monitor.azure.com"));
    }

    [Theory]
    [InlineData(Reader)]
    [InlineData(null)]
    public async Task The_data_is_worked_on_as_the_identity_of_the_setting_or_as_the_apps_own(string? identity)
    {
        using var nobody = new HeldPort();
        await using TokenEndpoint tokens = await TokenEndpoint.StartAsync();
        await using TestHost host = await TestHost.StartProcessAsync(
            [
                .. tokens.Settings,
                ("AZURE_CLIENT_ID", identity),
                ("Storage:SqlitePath", null),
                ("CosmosDB:AccountEndpoint", $"https://localhost:{nobody.Number}"),
                ("CosmosDB:DatabaseName", "ContosoSuites"),
                ("CosmosDB:MaintenanceRequestsContainerName", "MaintenanceRequests"),
            ]);

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<HttpResponseMessage> hotels = host.Client.GetAsync("api/Hotels", leaving.Token);

        Assert.Equal(identity ?? "", await tokens.ClientOfAsync("https://localhost"));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hotels);
    }

    /// <summary>Gives tokens to whoever asks, as the endpoint of App Service does, and remembers who was asked for.</summary>
    private sealed class TokenEndpoint(StubBackend stub) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _clients = new(StringComparer.Ordinal);

        public (string Name, string? Value)[] Settings => [("IDENTITY_ENDPOINT", $"{stub.Url.GetLeftPart(UriPartial.Authority)}/msi/token"), ("IDENTITY_HEADER", "a-header")];

        public static async Task<TokenEndpoint> StartAsync()
        {
            StubBackend stub = await StubBackend.StartAsync("none");
            var endpoint = new TokenEndpoint(stub);
            stub.Handler = endpoint.AnswerAsync;
            return endpoint;
        }

        /// <summary>The client id that a token for a resource was asked for with; empty where none was named.</summary>
        public Task<string> ClientOfAsync(string resource) => Wait.For(Asked(resource).Task);

        public ValueTask DisposeAsync() => stub.DisposeAsync();

        private async Task AnswerAsync(HttpContext http)
        {
            string resource = http.Request.Query["resource"].ToString().TrimEnd('/');
            Asked(resource).TrySetResult(http.Request.Query["client_id"].ToString());
            long ends = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
            await Stub.Answer(200, $$"""{"access_token":"a.b.c","expires_on":"{{ends}}","resource":"{{resource}}","token_type":"Bearer"}""")(http);
        }

        private TaskCompletionSource<string> Asked(string resource) =>
            _clients.GetOrAdd(resource, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
