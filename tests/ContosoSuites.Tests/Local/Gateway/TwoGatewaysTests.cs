using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Two gateways over the same instances, as API Management runs several: neither knows what the other has learned.</summary>
public sealed class TwoGatewaysTests : IAsyncLifetime
{
    private StubBackend _first = null!;
    private StubBackend _second = null!;
    private TestGateway _one = null!;
    private TestGateway _other = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await StubBackend.StartAsync("swedencentral");
        _second = await StubBackend.StartAsync("francecentral");
        _one = await TestGateway.StartAsync(_first.Url, _second.Url);
        _other = await TestGateway.StartAsync(_first.Url, _second.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Each_learns_by_itself_that_an_instance_fails()
    {
        _first.Handler = Stub.Answer(500, "");

        for (var i = 0; i < 4; i++)
        {
            await ExpectAsync(_one, 200);
        }

        // The one has asked the failing instance once; the other does not know, asks it too, and is cured as well.
        Assert.Single(_first.Requests);
        for (var i = 0; i < 4; i++)
        {
            await ExpectAsync(_other, 200);
        }

        Assert.Equal(2, _first.Requests.Count);
    }

    [Fact]
    public async Task Each_comes_back_to_an_instance_in_its_own_time()
    {
        _first.Handler = Stub.Answer(429, "", "5");
        await ExpectAsync(_one, 200);
        _one.Time.Advance(TimeSpan.FromSeconds(3));
        _other.Time.Advance(TimeSpan.FromSeconds(3));
        await ExpectAsync(_other, 200);
        _first.Handler = Stub.Answer(200, """{"ok":true}""");
        Assert.Equal(2, _first.Requests.Count);

        _one.Time.Advance(TimeSpan.FromSeconds(2));
        _other.Time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 4; i++)
        {
            await ExpectAsync(_one, 200);
            await ExpectAsync(_other, 200);
        }

        // Two of the one's four, and none of the other's.
        Assert.Equal(4, _first.Requests.Count);
    }

    [Fact]
    public async Task Each_tells_the_soonest_return_that_it_knows_of()
    {
        _first.Handler = Stub.Answer(429, "", "30");
        _second.Handler = Stub.Answer(429, "", "20");
        await ExpectAsync(_one, 429, "20");

        _one.Time.Advance(TimeSpan.FromSeconds(5));
        _other.Time.Advance(TimeSpan.FromSeconds(5));
        await ExpectAsync(_one, 429, "15");
        Assert.Equal(2, _first.Requests.Count + _second.Requests.Count);

        // The other asks the instances itself, and takes their word.
        _second.Handler = Stub.Answer(429, "", "15");
        await ExpectAsync(_other, 429, "15");
        Assert.Equal(4, _first.Requests.Count + _second.Requests.Count);
    }

    [Fact]
    public async Task One_that_finds_nobody_does_not_speak_for_the_other()
    {
        _first.Handler = Stub.Answer(429, "", "30");
        _second.Handler = Stub.Answer(503, "");
        await ExpectAsync(_one, 503, "10");

        _first.Handler = _second.Handler = Stub.Answer(200, """{"ok":true}""");

        await ExpectAsync(_one, 503, "10");
        await ExpectAsync(_other, 200);
    }

    [Fact]
    public async Task A_caller_who_alternates_between_them_is_served_all_the_same()
    {
        _first.Handler = Stub.Answer(429, "", "30");
        await using var door = await FrontDoor.StartAsync(_one.Endpoint, _other.Endpoint);
        using var client = new HttpClient { BaseAddress = door.Endpoint };
        client.DefaultRequestHeaders.Add("api-key", ContosoSuites.Local.Gateway.GatewaySubscription.LocalKey);

        for (var i = 0; i < 10; i++)
        {
            using var response = await client.SendAsync(Operation.All[i % 3].CreateRequest(), TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode);
        }

        // Each gateway learns it once of each deployment: chat and embeddings have pools of their own.
        Assert.Equal((4, 10), (_first.Requests.Count, _second.Requests.Count));
        Assert.Equal((5, 5), (_one.Log.Records.Count, _other.Log.Records.Count));
    }

    private static async Task ExpectAsync(TestGateway gateway, int status, string? retryAfter = null)
    {
        using var response = await gateway.SendAsync(Operation.Chat);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(retryAfter, response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null);
    }
}
