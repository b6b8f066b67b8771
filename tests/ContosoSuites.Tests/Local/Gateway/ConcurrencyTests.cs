using System.Net;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Many callers at once, while an instance fails.</summary>
public sealed class ConcurrencyTests
{
    private const int Requests = 600;
    private const int AtOnce = 64;

    [Theory]
    [InlineData("refused")]
    [InlineData("reset")]
    [InlineData("429")]
    [InlineData("500")]
    public async Task No_caller_notices_as_long_as_one_instance_is_well(string failure)
    {
        await using var good = await StubBackend.StartAsync("francecentral");
        await using var bad = await StubBackend.StartAsync("swedencentral", failure switch
        {
            "reset" => Stub.Reset,
            "429" => Stub.Answer(429, "", "1"),
            _ => Stub.Answer(500, ""),
        });
        await using var gateway = await TestGateway.StartAsync(failure == "refused" ? Nowhere.Port : bad.Url, good.Url);

        var statuses = new HttpStatusCode[Requests];
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, _) =>
        {
            using var response = await gateway.SendAsync(Operation.All[index % 3]);
            statuses[index] = response.StatusCode;
        });

        Every.One(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        if (failure is "429" or "500")
        {
            // The time stands still, so only what was under way when the breaker tripped has reached it.
            Assert.InRange(bad.Requests.Count, 1, AtOnce);
        }
    }
}
