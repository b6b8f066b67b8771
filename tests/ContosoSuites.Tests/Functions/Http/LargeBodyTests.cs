using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>A body of any size up to the host's own limit is answered with a problem, however it is sent.</summary>
public sealed class LargeBodyTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(31, false)]
    [InlineData(31, true)]
    [InlineData(99, false)]
    [InlineData(99, true)]
    public async Task Too_large_a_body_is_413_with_the_limit(int megabytes, bool chunked)
    {
        using HttpResponseMessage response = await PostAsync("Chat", "application/json", new Body(megabytes * Megabyte), chunked);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "Send at most");
    }

    [Theory]
    [InlineData("Chat", "application/x-www-form-urlencoded")]
    [InlineData("Vectorize", "application/json")]
    [InlineData("Vectorize", "text/plain")]
    [InlineData("VectorSearch", "application/json")]
    [InlineData("MaintenanceCopilotChat", "application/json")]
    [InlineData("MaintenanceRequests", "application/json")]
    public async Task Of_every_kind(string route, string contentType)
    {
        using HttpResponseMessage response = await PostAsync(route, contentType, new Body(31 * Megabyte), chunked: true);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "Send at most");
    }

    [Fact]
    public async Task A_body_that_comes_slowly_is_too_large_as_well()
    {
        using HttpResponseMessage response = await PostAsync("Chat", "application/json", new Body(400_000) { Piece = 5000, Pause = TimeSpan.FromMilliseconds(20) }, chunked: true);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "Send at most");
    }

    [Fact]
    public async Task A_body_that_nobody_reads_does_not_lose_the_answer()
    {
        using HttpResponseMessage refused = await PostAsync("Chat", "video/mp4", new Body(31 * Megabyte), chunked: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "Hotels") { Content = new StreamContent(new Body(31 * Megabyte)) };
        using HttpResponseMessage answered = await shared.System.App.SendAsync(request, Cancellation);

        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string route, string contentType, Body body, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new StreamContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TransferEncodingChunked = chunked;
        if (!chunked)
        {
            request.Content.Headers.ContentLength = body.Size;
        }

        return await shared.System.App.SendAsync(request, Cancellation);
    }

    /// <summary>So many blanks, which JSON and forms can go on with for ever.</summary>
    private sealed class Body(int size) : Stream
    {
        private int _read;

        public int Size => size;

        public int Piece { get; init; } = 64 * 1024;

        public TimeSpan Pause { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Pause > TimeSpan.Zero)
            {
                await Task.Delay(Pause, cancellationToken);
            }

            int count = Math.Min(Math.Min(buffer.Length, Piece), size - _read);
            buffer.Span[..count].Fill((byte)' ');
            _read += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
