using System.Net;
using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local;

/// <summary>Memory returns after large bodies and after callers who left, at the gateway and at the functions.</summary>
[Collection(AloneCollection.Name)]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Large = 4 * 1024 * 1024;
    private const int Times = 20;

    private const int Rounds = 6;

    // Bodies that are kept, of any kind, would be at least twice as much in every round.
    private const long Bound = Times * Large / 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_large_bodies_and_callers_who_left()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        using var gateway = new HttpClient { BaseAddress = system.Local.Gateway.Endpoint };
        gateway.DefaultRequestHeaders.Add("api-key", GatewaySubscription.LocalKey);

        // Pools of buffers grow at first, by as much as chance wants: so growth has to end, not to be absent.
        long growth = long.MaxValue;
        long before = 0;
        for (int round = 0; round < Rounds && growth > Bound; round++)
        {
            await BurdenAsync(system, gateway);
            long after = GC.GetTotalMemory(forceFullCollection: true);
            growth = round == 0 ? long.MaxValue : after - before;
            before = after;
            output.WriteLine($"{after / 1024} KB");
        }

        Assert.InRange(growth, long.MinValue, Bound);
    }

    private static async Task BurdenAsync(TestSystem system, HttpClient gateway)
    {
        await Parallel.ForAsync(0, Times, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, async (i, cancellation) =>
        {
            // The gateway keeps a body for its retries; the instance finds that it is too long for the model.
            using var content = new StringContent($$"""{"messages":[{"role":"user","content":"{{new string('x', Large)}}"}]}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage refused = await gateway.PostAsync(Operation.Chat.Path, content, cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

            using var tooLarge = new StringContent(new string('x', Large), Encoding.UTF8, "application/json");
            using HttpResponseMessage problem = await system.App.PostAsync("Chat", tooLarge, cancellation);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, problem.StatusCode);

            // Half of a large body, and then nothing.
            byte[] head = RawClient.Head("/" + Operation.Chat.Path, Large, $"api-key: {GatewaySubscription.LocalKey}\r\n");
            using RawClient leaving = await RawClient.ConnectAsync(system.Local.Gateway.Endpoint, cancellation);
            await leaving.SendAsync(head, cancellation);
            await leaving.SendAsync(new byte[Large / 2], cancellation);
        });
    }
}
