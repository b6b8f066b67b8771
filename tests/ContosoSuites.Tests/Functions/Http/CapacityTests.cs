using System.Net;
using System.Net.Http.Json;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>An app that has as many requests under way as it may hold refuses more, and goes on with those.</summary>
public sealed class CapacityTests
{
    private const int Places = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_its_places_the_answer_is_to_come_again()
    {
        await using TestSystem system = await StartAsync();
        List<HttpResponseMessage> open = await FillAsync(system);

        foreach (Func<Task<HttpResponseMessage>> call in Calls(system))
        {
            using HttpResponseMessage refused = await call();

            await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "as many requests under way as it can hold", "Retry-After");
            Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        }

        open.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Health_and_timers_are_not_concerned()
    {
        await using TestSystem system = await StartAsync();
        List<HttpResponseMessage> open = await FillAsync(system);

        using HttpResponseMessage health = await system.App.GetAsync("health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Null(await system.Local.App!.RunTimerAsync("PurgeConversations"));
        open.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task A_stream_has_its_place_until_its_end_and_then_others_have_it()
    {
        await using TestSystem system = await StartAsync();
        List<HttpResponseMessage> open = await FillAsync(system);

        // The caller leaves; the app learns of it a moment later.
        open[1].Dispose();
        HttpStatusCode status;
        do
        {
            using HttpResponseMessage hotels = await system.App.GetAsync("Hotels", Cancellation);
            status = hotels.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.OK, status);
        open.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task The_log_is_told_once()
    {
        using var logs = new RecordingLogger();
        await using TestSystem system = await StartAsync(options => options with { AppLogging = logging => logging.AddProvider(logs) });
        List<HttpResponseMessage> open = await FillAsync(system);

        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage refused = await system.App.GetAsync("Hotels", Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        // A host that has stopped has passed on all that the worker had to say.
        open.ForEach(answer => answer.Dispose());
        await system.Local.App!.DisposeAsync();
        Assert.Equal(
            $"Requests are refused: {Places} are under way, as many as Http:MaxConcurrentRequests allows.",
            Assert.Single(logs.Entries, entry => entry.Message.StartsWith("Requests are refused", StringComparison.Ordinal)).Message);
    }

    private static Task<TestSystem> StartAsync(Func<LocalSystemOptions, LocalSystemOptions>? configure = null) =>
        TestSystem.StartAsync(configure ?? (options => options), ("Http:MaxConcurrentRequests", $"{Places}"));

    /// <summary>Takes every place with a stream that has begun and does not go on.</summary>
    private static async Task<List<HttpResponseMessage>> FillAsync(TestSystem system)
    {
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(new StallFault(AfterParts: 6), Cancellation);
        }

        var open = new List<HttpResponseMessage>();
        for (int i = 0; i < Places; i++)
        {
            open.Add(await system.ChatAsync("What can you do for me?", "text/event-stream"));
        }

        Every.One(open, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        return open;
    }

    private static IEnumerable<Func<Task<HttpResponseMessage>>> Calls(TestSystem system) =>
    [
        () => system.ChatAsync("Hello"),
        () => system.ChatAsync("Hello", "text/event-stream"),
        () => system.App.GetAsync("Hotels", Cancellation),
        () => system.App.GetAsync("openapi.json", Cancellation),
        () => system.App.GetAsync("BackendDistribution/chart", Cancellation),
        () => system.App.PostAsJsonAsync("MaintenanceRequests", new { hotel_id = 1, source = "staff", details = "The tap drips." }, Cancellation),
    ];
}
