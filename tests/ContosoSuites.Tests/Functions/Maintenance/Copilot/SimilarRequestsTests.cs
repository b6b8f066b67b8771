using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>What the model is told was reported before.</summary>
public sealed class SimilarRequestsTests
{
    private const string Text = "The revolving door of the lobby squeaks terribly.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_those_of_the_same_hotel_and_the_last_thirty_days()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync();
        IServiceProvider services = system.Host.Worker.Services!;
        var hotels = services.GetRequiredService<IHotelStore>();
        var embedder = services.GetRequiredService<RequestEmbedder>();
        DateTimeOffset now = system.Time.GetUtcNow();
        foreach ((int hotel, int days) in new[] { (3, 1), (4, 1), (3, 29), (3, 31) })
        {
            CreateResult created = await system.Requests.CreateAsync(
                new NewMaintenanceRequest
                {
                    HotelId = hotel,
                    Hotel = (await hotels.GetHotelAsync(hotel, Cancellation))!.HotelName,
                    Source = "staff",
                    Details = Text,
                    Date = now.AddDays(-days),
                    Location = "lobby",
                },
                cancellationToken: Cancellation);
            await embedder.EmbedAsync(created.Request, Cancellation);
        }

        var plugin = new CopilotPlugin(
            new CopilotConversation(), 1, 0, new RequestValidation(hotels, new MaintenanceSettings(), system.Time), system.Requests, embedder, system.Time);
        CopilotPlugin.SimilarResult found = await plugin.FindSimilarAsync(3, Text, Cancellation);

        Assert.Equal([now.AddDays(-1), now.AddDays(-29)], found.Requests.Where(request => request.Details == Text).Select(request => request.Date).OrderDescending());
        Assert.Null(found.Message);
    }
}
