using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>What a caller of the functions sees when the gateway's token limit is reached: what it is, when it is over, and that nothing is lost.</summary>
public sealed class TokenLimitTests
{
    private readonly FakeTimeProvider _gatewayTime = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task The_caller_is_told_of_the_limit_and_when_to_come_again(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync(options => options with { TokensPerMinute = 1, GatewayTime = _gatewayTime });
        using HttpResponseMessage first = await CallAsync(system, function, accept);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await first.Content.ReadAsByteArrayAsync(Cancellation);
        _gatewayTime.Advance(TimeSpan.FromSeconds(26));
        long called = Calls(system);

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.TooManyRequests, "token limit", "in 34 seconds");
        Assert.Equal(TimeSpan.FromSeconds(34), response.Headers.RetryAfter!.Delta);
        Assert.Equal(called, Calls(system));

        _gatewayTime.Advance(TimeSpan.FromSeconds(34));
        using HttpResponseMessage again = await CallAsync(system, function, accept);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task The_copilots_turn_is_not_lost(string accept)
    {
        // Enough for the first turn's two calls, and none of the second's.
        await using CopilotSystem system = await CopilotSystem.StartAsync(options => options with { TokensPerMinute = 3000, GatewayTime = _gatewayTime });
        Conversation talk = system.Talk();
        await talk.SayAsync("Please help me create a maintenance request for a room at the Grand Regency.", accept);
        const string Message = "There is a leak coming from under the kitchen sink. The carpet in the room is soaked.";
        using (HttpResponseMessage refused = await talk.SendAsync(Message, accept))
        {
            await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.TooManyRequests, "token limit", "Nothing is lost", "in 60 seconds");
            Assert.Equal(talk.Id, refused.Headers.GetValues("x-conversation-id").Single());
        }

        Assert.Equal(1, (await system.StoredAsync(talk.Id!))!.Turns);
        _gatewayTime.Advance(TimeSpan.FromSeconds(60));
        CopilotAnswer answer = await talk.SayAsync(Message, accept);

        // It knows the hotel of the first turn, and goes on to what is missing.
        Assert.Contains("room", answer.Reply, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, (await system.StoredAsync(talk.Id!))!.Turns);
    }

    [Fact]
    public async Task A_turn_that_the_limit_ends_in_its_middle_begins_anew_later()
    {
        // The first call of the turn takes more than this, so its second one is refused.
        await using CopilotSystem system = await CopilotSystem.StartAsync(options => options with { TokensPerMinute = 1000, GatewayTime = _gatewayTime });
        Conversation talk = system.Talk();

        using HttpResponseMessage refused = await talk.SendAsync("Please help me create a maintenance request for a room at the Grand Regency.");

        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.TooManyRequests, "token limit");
        CopilotConversation? stored = await system.StoredAsync(refused.Headers.GetValues("x-conversation-id").Single());
        Assert.Equal((0, 0), (stored!.Turns, stored.Messages.Count));
    }

    [Fact]
    public async Task A_short_wait_for_the_limit_is_waited_for_and_a_long_one_is_not()
    {
        int calls = 0;
        await using StubBackend gateway = await StubBackend.StartAsync("test-region");
        gateway.Handler = http => Interlocked.Increment(ref calls) == 1 ? Refuse("1")(http) : Refuse("6")(http);
        await using CopilotSystem system = await CopilotSystem.StartAsync(
            new Uri(gateway.Url.GetLeftPart(UriPartial.Authority)), services => { }, ("ApiManagement:MaxRetryWaitSeconds", "5"));
        Task<HttpResponseMessage> waiting = system.Talk().SendAsync("Hello");
        await gateway.ArrivalAsync(Cancellation);
        await Wait.WhileMovingAsync(waiting, system.Time, TimeSpan.FromSeconds(1));

        using HttpResponseMessage response = await waiting;

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.TooManyRequests, "token limit", "in 6 seconds");
        Assert.Equal(2, calls);

        static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Refuse(string seconds) => Stub.Answer(
            429, $$"""{ "statusCode": 429, "message": "Token limit is exceeded. Try again in {{seconds}} seconds." }""", seconds);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_no_refusal_of_the_key()
    {
        await using StubBackend gateway = await StubBackend.StartAsync(
            "test-region", Stub.Answer(403, """{ "statusCode": 403, "message": "Token quota is exceeded. Try again in 7200 seconds." }""", "7200"));
        await using CopilotSystem system = await CopilotSystem.StartAsync(new Uri(gateway.Url.GetLeftPart(UriPartial.Authority)), services => { });

        using HttpResponseMessage response = await system.Talk().SendAsync("Hello");

        JsonElement problem = await ProblemAssert.IsProblemAsync(response, HttpStatusCode.TooManyRequests, "token limit", "in 7200 seconds");
        Assert.DoesNotContain("ApiKey", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(7200), response.Headers.RetryAfter!.Delta);
    }

    private static long Calls(TestSystem system) => system.Local.Instances.Sum(instance => instance.Counters.Snapshot().Count());

    private static Task<HttpResponseMessage> CallAsync(TestSystem system, string function, string? accept) => function == "Chat"
        ? system.ChatAsync("Hello", accept)
        : system.App.GetAsync("Vectorize?text=leak", Cancellation);
}
