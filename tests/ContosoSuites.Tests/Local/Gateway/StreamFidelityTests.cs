using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Models;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>A stream of a simulated instance, played again in random pieces: every byte arrives, and a cut shows as one.</summary>
public sealed class StreamFidelityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_are_those_that_the_instance_sent_however_they_are_split()
    {
        var stream = await RecordAsync();
        var random = new Random(11);
        await using var backend = await StubBackend.StartAsync("swedencentral");
        await using var gateway = await TestGateway.StartAsync(backend.Url, backend.Url);
        for (var i = 0; i < 50; i++)
        {
            var sizes = Sizes(random, stream.Length);
            backend.Handler = http => PlayAsync(http, stream, sizes);

            using var response = await gateway.SendAsync(Operation.StreamedChat);

            Assert.Equal(stream, await response.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_cut_anywhere_is_an_error_after_all_that_came()
    {
        var stream = await RecordAsync();
        var random = new Random(12);
        await using var backend = await StubBackend.StartAsync("swedencentral");
        await using var gateway = await TestGateway.StartAsync(backend.Url, backend.Url);
        for (var i = 0; i < 50; i++)
        {
            // The last cut is the meanest: all of the stream has come, and only the end of the body is missing.
            var length = i == 49 ? stream.Length : random.Next(1, stream.Length);
            var sizes = Sizes(random, length);
            backend.Handler = async http =>
            {
                await PlayAsync(http, stream, sizes);
                throw new InvalidOperationException("The stub cuts the connection, when Kestrel has sent what there is.");
            };

            using var response = await gateway.Client.SendAsync(Operation.StreamedChat.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, Cancellation);
            using var received = new MemoryStream();
            await Assert.ThrowsAnyAsync<Exception>(() => response.Content.CopyToAsync(received, Cancellation));

            Assert.Equal(stream[..length], received.ToArray());
            Assert.Equal("BackendConnectionFailure", (await gateway.Log.NextAsync()).LastErrorReason);
        }
    }

    private static async Task<byte[]> RecordAsync()
    {
        await using var instance = await ModelInstance.StartAsync(new ModelInstanceOptions { Name = "m", Region = "r" }, cancellationToken: Cancellation);
        using var client = new HttpClient { BaseAddress = instance.Endpoint };
        using var request = Operation.StreamedChat.CreateRequest();
        request.Headers.Add("Authorization", $"Bearer {BackendAddress.ManagedIdentityToken}");
        using var response = await client.SendAsync(request, Cancellation);
        var stream = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(Operation.StreamedChat.IsWholeAnswer(Encoding.UTF8.GetString(stream)));
        return stream;
    }

    private static List<int> Sizes(Random random, int length)
    {
        var sizes = new List<int>();
        for (var left = length; left > 0; left -= sizes[^1])
        {
            sizes.Add(Math.Min(left, random.Next(3) == 0 ? random.Next(1, 4) : random.Next(1, 700)));
        }

        return sizes;
    }

    private static async Task PlayAsync(HttpContext http, byte[] stream, List<int> sizes)
    {
        http.Response.ContentType = "text/event-stream";
        var sent = 0;
        foreach (var size in sizes)
        {
            await http.Response.Body.WriteAsync(stream.AsMemory(sent, size));
            await http.Response.Body.FlushAsync();
            sent += size;
        }
    }
}
