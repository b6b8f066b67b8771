using System.Net.Sockets;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Forwarding;

/// <summary>Every way in which the transport can fail is a call without a response, never an error of the gateway.</summary>
public sealed class ForwarderTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        // What the handler throws when a backend resets a connection that was just made.
        { new SocketException((int)SocketError.NotConnected), nameof(ForwardError.Connection) },
        { new HttpRequestException(HttpRequestError.ConnectionError), nameof(ForwardError.Connection) },
        { new HttpRequestException(HttpRequestError.NameResolutionError), nameof(ForwardError.NameResolution) },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), nameof(ForwardError.Tls) },
        { new HttpRequestException(HttpRequestError.InvalidResponse), nameof(ForwardError.InvalidResponse) },
        { new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded), nameof(ForwardError.InvalidResponse) },
        { new HttpRequestException(HttpRequestError.ResponseEnded), nameof(ForwardError.Reset) },
        { new IOException(), nameof(ForwardError.Reset) },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_of_the_transport_is_no_response(Exception failure, string error)
    {
        using var transport = new HttpMessageInvoker(new FailingHandler(failure));
        var time = new FakeTimeProvider();
        var url = new Uri("http://openai.example/openai/deployments/d/embeddings");
        using var limit = new CallLimit(TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);

        var result = await new Forwarder(transport).SendAsync(
            new DefaultHttpContext { Request = { Method = "POST" } }, ReadOnlyMemory<byte>.Empty, Backend.Unmanaged(url, time), url, limit);

        Assert.Null(result.Response);
        Assert.Equal(error, result.Error.ToString());
        Assert.Same(failure, result.Exception);
    }
}
