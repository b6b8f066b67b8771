using System.Net;
using ContosoSuites.Local.Machine;
using Xunit;

namespace ContosoSuites.Tests.Local.Host.Http;

/// <summary>With a key the app is as closed as the deployed one; without, as open as under Core Tools.</summary>
public sealed class FunctionKeysTests
{
    private const string Key = "a-function-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/Hotels", null, HttpStatusCode.Unauthorized)]
    [InlineData("api/Hotels", "another-key", HttpStatusCode.Unauthorized)]
    [InlineData("api/Hotels?code=another-key", null, HttpStatusCode.Unauthorized)]
    [InlineData("api/Hotels", Key, HttpStatusCode.OK)]
    [InlineData("api/Hotels?code=" + Key, null, HttpStatusCode.OK)]
    [InlineData("api/openapi.json", null, HttpStatusCode.Unauthorized)]
    [InlineData("api/health", null, HttpStatusCode.ServiceUnavailable)]
    public async Task The_key_is_asked_for_except_by_health(string path, string? header, HttpStatusCode expected)
    {
        await using TestHost host = await TestHost.StartAsync(null, options => options with { FunctionKey = Key });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
        {
            request.Headers.Add("x-functions-key", header);
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
        if (expected is HttpStatusCode.Unauthorized)
        {
            Assert.Equal("", await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Timers_are_run_by_who_has_the_key()
    {
        await using TestHost host = await TestHost.StartAsync(null, options => options with { FunctionKey = Key });

        using HttpResponseMessage refused = await host.Client.PostAsync("admin/functions/PurgeConversations", null, Cancellation);
        using HttpResponseMessage taken = await host.Client.PostAsync($"admin/functions/PurgeConversations?code={Key}", null, Cancellation);
        using HttpResponseMessage unknown = await host.Client.PostAsync($"admin/functions/Nothing?code={Key}", null, Cancellation);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Accepted, HttpStatusCode.NotFound], new[] { refused, taken, unknown }.Select(response => response.StatusCode));
    }

    [Fact]
    public void Every_key_that_is_made_is_another() => Assert.NotEqual(LocalApp.CreateKey(), LocalApp.CreateKey());
}
