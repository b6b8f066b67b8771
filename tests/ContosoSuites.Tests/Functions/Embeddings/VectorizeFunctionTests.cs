using System.Net;
using System.Net.Http.Json;
using System.Numerics.Tensors;
using System.Text;
using Xunit;

namespace ContosoSuites.Tests.Functions.Embeddings;

/// <summary>GET and POST api/Vectorize.</summary>
public sealed class VectorizeFunctionTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private readonly HttpClient _app = shared.System.App;

    [Fact]
    public async Task Get_and_post_embed_the_same_text_alike()
    {
        const string Text = "The carpet in room 303 is soaked & smells";
        using HttpResponseMessage get = await _app.GetAsync($"Vectorize?text={Uri.EscapeDataString(Text)}", TestContext.Current.CancellationToken);
        using HttpResponseMessage json = await _app.PostAsJsonAsync("Vectorize", new { text = Text }, TestContext.Current.CancellationToken);
        using HttpResponseMessage plain = await _app.PostAsync("Vectorize", new StringContent(Text), TestContext.Current.CancellationToken);

        float[] vector = await ReadAsync(get);
        Assert.Equal(1536, vector.Length);
        Assert.Equal(1.0, TensorPrimitives.Norm(vector.AsSpan()), 4);
        Assert.Equal(vector, await ReadAsync(json));
        Assert.Equal(vector, await ReadAsync(plain));
        Assert.Single(get.Headers.GetValues("x-served-by"));
    }

    [Fact]
    public async Task Similar_texts_are_near_and_others_are_not()
    {
        float[] leak = await EmbedAsync("Water is leaking from under the kitchen sink");
        float[] alike = await EmbedAsync("There is a leak under the sink in the kitchen");
        float[] other = await EmbedAsync("The television remote has no batteries");

        Assert.True(TensorPrimitives.CosineSimilarity(leak, alike) > TensorPrimitives.CosineSimilarity(leak, other) + 0.2f);
    }

    [Fact]
    public async Task A_long_text_goes_through_post()
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "Vectorize", new StringContent(string.Concat(Enumerable.Repeat("boiler ", 1100))), TestContext.Current.CancellationToken);

        Assert.Equal(1536, (await ReadAsync(response)).Length);
    }

    [Theory]
    [InlineData("Vectorize")]
    [InlineData("Vectorize?text=")]
    [InlineData("Vectorize?text=%20%09")]
    [InlineData("Vectorize?other=x")]
    public async Task Get_without_a_text_is_a_problem(string address)
    {
        using HttpResponseMessage response = await _app.GetAsync(address, TestContext.Current.CancellationToken);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "text");
    }

    [Theory]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest, "text")]
    [InlineData("application/json", "\"Hello\"", HttpStatusCode.BadRequest, "text")]
    [InlineData("text/plain", "", HttpStatusCode.BadRequest, "text")]
    [InlineData("application/octet-stream", "Hello", HttpStatusCode.UnsupportedMediaType, "text/plain")]
    public async Task Post_without_a_text_is_a_problem(string contentType, string body, HttpStatusCode status, string mention)
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "Vectorize", new StringContent(body, Encoding.UTF8, contentType), TestContext.Current.CancellationToken);

        await ProblemAssert.IsProblemAsync(response, status, mention);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_a_problem()
    {
        using var content = new ByteArrayContent([0x48, 0xC3, 0x28]);
        content.Headers.ContentType = new("text/plain");

        using HttpResponseMessage response = await _app.PostAsync("Vectorize", content, TestContext.Current.CancellationToken);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "UTF-8");
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_a_problem()
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "Vectorize", new StringContent(new string('x', 8001)), TestContext.Current.CancellationToken);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "Embeddings:MaxTextLength");
    }

    private async Task<float[]> EmbedAsync(string text)
    {
        using HttpResponseMessage response = await _app.PostAsJsonAsync("Vectorize", new { text }, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    private static async Task<float[]> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<float[]>(TestContext.Current.CancellationToken))!;
    }
}
