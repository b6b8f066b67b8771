using System.Net;
using System.Net.Http.Json;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.OpenApi;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage;

/// <summary>Every function that needs the store says when it is not there, and when to come again.</summary>
public sealed class StoreDownTests
{
    private static readonly (string Operation, string Method, string Address, object? Body)[] Calls =
    [
        ("GetHotels", "GET", "Hotels", null),
        ("GetBookingsForHotel", "GET", "Hotels/1/Bookings", null),
        ("GetBookingsForHotelFrom", "GET", "Hotels/1/Bookings/2026-06-01", null),
        ("MaintenanceCopilotChat", "POST", "MaintenanceCopilotChat", new { message = "Hello" }),
        ("VectorSearch", "POST", "VectorSearch", Enumerable.Repeat(0.1, 1536)),
        ("ListMaintenanceRequests", "GET", "MaintenanceRequests", null),
        ("CreateMaintenanceRequest", "POST", "MaintenanceRequests", new { hotel_id = 1, source = "staff", details = "A tap drips.", location = "lobby" }),
        ("GetMaintenanceRequest", "GET", "MaintenanceRequests/019ba40e-ec00-76a0-838c-acb4e355eec8", null),
        ("BackendDistribution", "GET", "BackendDistribution", null),
        ("BackendDistributionChart", "GET", "BackendDistribution/chart", null),
    ];

    /// <summary>These answer 503 for the models' sake alone, or in a form of their own.</summary>
    private static readonly string[] WithoutStore = ["Chat", "Vectorize", "VectorizeBody", "Health", "OpenApi"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_without_its_store_answers_503_and_when_to_come_again()
    {
        await using TestHost host = await TestHost.StartAsync(services => services
            .AddSingleton(Down<IHotelStore>())
            .AddSingleton(Down<IMaintenanceRequestStore>())
            .AddSingleton(Down<IConversationStore>())
            .AddSingleton(Down<IDistributionStore>()));

        foreach ((string operation, string method, string address, object? body) in Calls)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"api/{address}") { Content = body is null ? null : JsonContent.Create(body) };
            using HttpResponseMessage response = await host.Client.SendAsync(request, Cancellation);

            await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable, "The data store is not available.");
            Assert.Equal((operation, "37"), (operation, response.Headers.GetValues("Retry-After").Single()));
        }
    }

    [Fact]
    public void Every_operation_that_can_lack_its_store_is_called() => Assert.Equal(
        new ApiDescription(new(), new(), new(), new()).Create("/api").Paths.SelectMany(path => path.Value.Operations!.Values)
            .Where(operation => operation.Responses!.ContainsKey("503")).Select(operation => operation.OperationId!).Except(WithoutStore).Order(StringComparer.Ordinal),
        Calls.Select(call => call.Operation).Order(StringComparer.Ordinal));

    private static T Down<T>()
        where T : class => Interruption.Of<T>(null!, _ => new StorageUnavailableException(StorageProblem.Throttled, "It is down.", retryAfter: TimeSpan.FromSeconds(36.5)));
}
