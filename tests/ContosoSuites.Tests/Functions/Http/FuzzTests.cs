using System.Net;
using System.Text;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>Odd requests and odd callers: whatever comes, a function answers, and what it refuses it refuses with a problem that says why.</summary>
public sealed class FuzzTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const int Requests = 200;

    private readonly TestSystem _system = shared.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Posts => new()
    {
        { "Chat", """{"message":"Hello"}""" },
        { "Vectorize", """{"text":"A leak"}""" },
        { "VectorSearch?minimum_similarity_score=0&max_results=3", "[0.5,0.25,1e-3]" },
        { "MaintenanceCopilotChat", """{"message":"The sink is clogged in room 510 at Lago Sereno","conversationId":"a-b-c"}""" },
        { "MaintenanceRequests", """{"hotel_id":1,"source":"staff","details":"The tap drips","room_number":"12","date":"2026-11-01"}""" },
    };

    [Theory, MemberData(nameof(Posts))]
    public async Task Odd_bodies(string route, string good)
    {
        var fuzz = new Fuzz(route.Length);
        var codes = new List<int>();
        for (var i = 0; i < Requests; i++)
        {
            using var content = fuzz.Content(good);
            using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = content };
            request.Headers.TryAddWithoutValidation("Accept", fuzz.Any((string[])["*/*", "application/json", "text/event-stream", ",;q=", "\"", "a/b;q=9"]));
            request.Headers.TryAddWithoutValidation("Idempotency-Key", fuzz.Any((string[])["", "a", "\"a\"", new string('k', 5000)]));
            using var response = await _system.App.SendAsync(request, Cancellation);
            codes.Add((int)response.StatusCode);
            await ExpectAnswerOrProblemAsync(response, Convert.ToHexString(await content.ReadAsByteArrayAsync(Cancellation)));
        }

        Assert.Contains(codes, code => code is >= 400 and < 500);
        Assert.Contains(codes, code => code is 415 or 400);
        await ExpectWellAsync();
    }

    [Fact]
    public async Task Odd_addresses()
    {
        var fuzz = new Fuzz(3);
        for (var i = 0; i < Requests; i++)
        {
            var text = Uri.EscapeDataString(fuzz.Text(fuzz.Random.Next(1, 12)));
            var number = fuzz.Any((string[])["1", "-1", "0", "99999999999999999999", "NaN", "1e5", "", text]);
            var route = fuzz.Any((string[])
            [
                $"Hotels/{number}/Bookings", $"Hotels/1/Bookings/{text}", $"Vectorize?text={text}", $"Vectorize?{text}", $"MaintenanceRequests/{text}",
                $"MaintenanceRequests?hotel_id={number}&since={text}", $"MaintenanceRequests?page_size={number}&continuation_token={text}",
                $"MaintenanceRequests?source={text}&{text}={text}", $"{text}",
            ]);
            using var response = await _system.App.GetAsync(route, Cancellation);

            // What matches no route is the host's to answer, not a function's.
            if (response.StatusCode != HttpStatusCode.NotFound || response.Content.Headers.ContentLength > 0)
            {
                await ExpectAnswerOrProblemAsync(response, route);
            }
        }
    }

    [Theory, MemberData(nameof(Posts))]
    public async Task Twenty_megabytes(string route, string good)
    {
        var type = good.StartsWith('[') ? "text/plain" : "application/json";
        using var content = new ByteArrayContent(new byte[20_000_000]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _system.App.PostAsync(route, content, Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "Send at most");
    }

    [Fact]
    public async Task Callers_who_write_slowly_or_leave_in_the_middle()
    {
        var fuzz = new Fuzz(4);
        var body = Encoding.UTF8.GetBytes("""{"message":"Hello"}""");
        byte[] request = [.. RawClient.Head("/api/Chat", body.Length, "Connection: close\r\n"), .. body];
        using var slow = await RawClient.ConnectAsync(_system.Local.App!.Endpoint, Cancellation);
        for (var i = 0; i < request.Length; i++)
        {
            await slow.SendAsync(request.AsMemory(i, 1), Cancellation);
            using var leaving = await RawClient.ConnectAsync(_system.Local.App.Endpoint, Cancellation);
            await leaving.SendAsync(request.AsMemory(0, fuzz.Random.Next(1, request.Length)), Cancellation);
        }

        Assert.Equal(200, await slow.ReadStatusAsync(Cancellation));
        await ExpectWellAsync();
    }

    [Fact]
    public async Task More_head_than_a_server_reads()
    {
        using var client = await RawClient.ConnectAsync(_system.Local.App!.Endpoint, Cancellation);
        await client.SendAsync(RawClient.Head("/api/Chat", 0, $"x-long: {new string('x', 40_000)}\r\n"), Cancellation);

        Assert.Equal(431, await client.ReadStatusAsync(Cancellation));
        await ExpectWellAsync();
    }

    private static async Task ExpectAnswerOrProblemAsync(HttpResponseMessage response, string what)
    {
        Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {what}");
        if (!response.IsSuccessStatusCode)
        {
            await ProblemAssert.IsProblemAsync(response, response.StatusCode);
        }
    }

    private async Task ExpectWellAsync()
    {
        using var response = await _system.ChatAsync("Hello");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
