using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Each deployment has its own pool: what befalls one of them at an instance leaves the other alone.</summary>
public sealed class DeploymentPoolsTests
{
    [Fact]
    public async Task With_embeddings_throttled_on_one_instance_chat_still_uses_both()
    {
        await using var first = await StubBackend.StartAsync("swedencentral", ThrottleEmbeddings);
        await using var second = await StubBackend.StartAsync("francecentral");
        await using var gateway = await TestGateway.StartAsync(first.Url, second.Url);

        await CallAsync(gateway, Operation.Embeddings, 4, expected: 200);
        await CallAsync(gateway, Operation.Chat, 4, expected: 200);

        Assert.Equal((1, 2), (Count(first, "embeddings"), Count(first, "chat/completions")));
        Assert.Equal((4, 2), (Count(second, "embeddings"), Count(second, "chat/completions")));
    }

    [Fact]
    public async Task With_embeddings_throttled_everywhere_a_chat_that_nobody_can_serve_is_not_told_to_wait_for_embeddings()
    {
        await using var first = await StubBackend.StartAsync("swedencentral", ThrottleEmbeddings);
        await using var second = await StubBackend.StartAsync("francecentral", ThrottleEmbeddings);
        await using var gateway = await TestGateway.StartAsync(first.Url, second.Url);

        await CallAsync(gateway, Operation.Embeddings, 2, expected: 429);
        await CallAsync(gateway, Operation.Chat, 2, expected: 200);

        first.Handler = second.Handler = Stub.Answer(500, "{}");
        using var broken = await gateway.SendAsync(Operation.Chat);
        using var nobody = await gateway.SendAsync(Operation.Chat);
        Every.One([broken, nobody], response => Assert.Equal((503, "10"), ((int)response.StatusCode, response.Headers.GetValues("Retry-After").Single())));
    }

    private static Task ThrottleEmbeddings(Microsoft.AspNetCore.Http.HttpContext http) =>
        (http.Request.Path.Value!.EndsWith("/embeddings", StringComparison.Ordinal) ? Stub.Answer(429, "{}", "3") : Stub.Answer(200, """{"ok":true}"""))(http);

    private static async Task CallAsync(TestGateway gateway, Operation operation, int times, int expected)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await gateway.SendAsync(operation);
            Assert.Equal(expected, (int)response.StatusCode);
        }
    }

    private static int Count(StubBackend backend, string operation) =>
        backend.Requests.Count(request => request.Target.Contains(operation, StringComparison.Ordinal));
}
