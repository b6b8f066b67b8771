using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>What the handler of every attempt adds to what the transport does.</summary>
public sealed class ModelCallHandlerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_is_reset_as_soon_as_it_is_made_is_no_connection()
    {
        var reset = new SocketException((int)SocketError.NotConnected);
        using HttpMessageInvoker client = Over(new FailingHandler(reset));
        using HttpRequestMessage request = CreateRequest();

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Cancellation));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.Same(reset, failure.InnerException);
    }

    /// <summary>A response that is kept open keeps its connection.</summary>
    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_response_whose_body_can_not_be_had_is_given_back(string contentType)
    {
        var body = new WatchedContent(new IOException("It broke off."), contentType);
        using HttpMessageInvoker client = Over(new AnsweringHandler(body));
        using HttpRequestMessage request = CreateRequest();

        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(request, Cancellation));

        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task Who_gives_back_a_stream_gives_back_the_response_below_it()
    {
        var body = new WatchedContent(null, "text/event-stream");
        using HttpMessageInvoker client = Over(new AnsweringHandler(body));
        using HttpRequestMessage request = CreateRequest();

        HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        Assert.False(body.IsDisposed);
        response.Dispose();

        Assert.True(body.IsDisposed);
        Assert.False(body.Stream.CanRead);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_ends_when_the_function_has_to_answer()
    {
        using var turn = new CancellationTokenSource();
        await using var stream = new IdleTimeoutStream(new SilentStream(), TimeSpan.FromDays(1), TimeProvider.System, turn.Token);
        Task<int> read = stream.ReadAsync(new byte[1], Cancellation).AsTask();

        await turn.CancelAsync();

        await Assert.ThrowsAsync<TurnTimeoutException>(() => Wait.For(read));
        await Assert.ThrowsAsync<TurnTimeoutException>(() => stream.ReadAsync(new byte[1], Cancellation).AsTask());
    }

    [Fact]
    public async Task A_stream_that_falls_silent_ends_when_nothing_has_come_for_too_long()
    {
        var clock = new FakeTimeProvider();
        await using var stream = new IdleTimeoutStream(new SilentStream(), TimeSpan.FromMinutes(3), clock, CancellationToken.None);
        Task<int> read = stream.ReadAsync(new byte[1], Cancellation).AsTask();

        clock.Advance(TimeSpan.FromSeconds(179));
        Assert.False(read.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => Wait.For(read));
        Assert.Contains("180 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_answers_has_served()
    {
        var calls = new ModelCalls();
        using ModelCallScope scope = calls.Begin("Chat", Cancellation);
        foreach ((HttpStatusCode status, string region) in new[]
        {
            (HttpStatusCode.ServiceUnavailable, "westeurope"), (HttpStatusCode.TooManyRequests, "norwayeast"), (HttpStatusCode.OK, "francecentral"),
        })
        {
            using var content = new StringContent("{}");
            using HttpMessageInvoker client = Over(new AnsweringHandler(content, status, region), calls);
            using HttpRequestMessage request = CreateRequest();
            using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        }

        Assert.Equal(["francecentral"], calls.ServedBy);
    }

    private static HttpMessageInvoker Over(HttpMessageHandler transport, ModelCalls? calls = null) =>
        new(new ModelCallHandler(calls ?? new ModelCalls(), new ApiManagementOptions(), TimeProvider.System) { InnerHandler = transport });

    private static HttpRequestMessage CreateRequest() => new(HttpMethod.Post, "https://gateway.example/openai");

    private sealed class AnsweringHandler(HttpContent body, HttpStatusCode status = HttpStatusCode.OK, string region = "swedencentral") : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = body, Headers = { { ModelCallHandler.RegionHeader, region } } });
    }

    /// <summary>A body that can be read, or not, and knows whether it was given back.</summary>
    private sealed class WatchedContent : HttpContent
    {
        private readonly Exception? _failure;

        public WatchedContent(Exception? failure, string contentType)
        {
            _failure = failure;
            Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        public bool IsDisposed { get; private set; }

        public MemoryStream Stream { get; } = new();

        protected override Task<Stream> CreateContentReadStreamAsync() =>
            _failure is null ? Task.FromResult<Stream>(Stream) : Task.FromException<Stream>(_failure);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.FromException(_failure!);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>Brings nothing until it is disposed.</summary>
    private sealed class SilentStream : MemoryStream
    {
        private readonly TaskCompletionSource<int> _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(_disposed.Task.WaitAsync(cancellationToken));

        protected override void Dispose(bool disposing)
        {
            _disposed.TrySetException(new ObjectDisposedException(nameof(SilentStream)));
            base.Dispose(disposing);
        }
    }
}
