using System.Net.Sockets;
using ContosoSuites.Functions.Gateway;
using Xunit;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>What the handler of every attempt adds to what the transport does.</summary>
public sealed class ModelCallHandlerTests
{
    [Fact]
    public async Task A_connection_that_is_reset_as_soon_as_it_is_made_is_no_connection()
    {
        var reset = new SocketException((int)SocketError.NotConnected);
        using var client = new HttpMessageInvoker(
            new ModelCallHandler(new ModelCalls(), new ApiManagementOptions(), TimeProvider.System) { InnerHandler = new FailingHandler(reset) });
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://gateway.example/openai");

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.Same(reset, failure.InnerException);
    }
}
