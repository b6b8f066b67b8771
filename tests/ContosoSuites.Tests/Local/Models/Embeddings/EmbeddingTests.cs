using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using ContosoSuites.Local.Models;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Embeddings;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task One_text_gives_one_vector_of_length_one()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement body = await model.EmbedAsync(ModelHarness.OneInput);

        Assert.Equal("list", body.GetProperty("object").GetString());
        Assert.Equal("text-embedding-3-small", body.GetProperty("model").GetString());
        float[] vector = Vector(Assert.Single(body.GetProperty("data").EnumerateArray()));
        Assert.Equal(1536, vector.Length);
        Assert.Equal(1, vector.Sum(component => (double)component * component), 1e-5);
        JsonElement usage = body.GetProperty("usage");
        Assert.Equal(5, usage.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(5, usage.GetProperty("total_tokens").GetInt32());
        Assert.Equal(5, model.Instance.Counters.Snapshot().PromptTokens);
    }

    [Fact]
    public async Task Several_inputs_keep_their_order_and_are_what_each_is_alone()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement data = (await model.EmbedAsync("""{"input":["A broken lamp","A leak under the sink"]}""")).GetProperty("data");
        JsonElement text = (await model.EmbedAsync(ModelHarness.OneInput)).GetProperty("data");

        Assert.Equal([0, 1], data.EnumerateArray().Select(item => item.GetProperty("index").GetInt32()));
        Assert.Equal(Vector(text[0]), Vector(data[1]));
        Assert.NotEqual(Vector(data[0]), Vector(data[1]));
    }

    [Fact]
    public async Task Base64_holds_the_same_floats_little_endian()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        JsonElement floats = (await model.EmbedAsync(ModelHarness.OneInput)).GetProperty("data")[0];
        JsonElement encoded = (await model.EmbedAsync("""{"input":["A leak under the sink"],"encoding_format":"base64"}""")).GetProperty("data")[0];

        byte[] bytes = encoded.GetProperty("embedding").GetBytesFromBase64();
        float[] decoded = [.. bytes.Chunk(4).Select(four => BinaryPrimitives.ReadSingleLittleEndian(four))];
        Assert.Equal(Vector(floats), decoded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(1536)]
    public async Task A_shorter_vector_is_the_beginning_of_the_full_one_at_length_one(int dimensions)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        float[] full = Vector((await model.EmbedAsync(ModelHarness.OneInput)).GetProperty("data")[0]);

        float[] vector = Vector((await model.EmbedAsync($$"""{"input":"A leak under the sink","dimensions":{{dimensions}}}""")).GetProperty("data")[0]);

        Assert.Equal(dimensions, vector.Length);
        Assert.Equal(1, vector.Sum(component => (double)component * component), 1e-5);
        double kept = Math.Sqrt(full.Take(dimensions).Sum(component => (double)component * component));
        if (kept > 0)
        {
            Every.One(vector.Index(), item => Assert.Equal(full[item.Index] / kept, item.Item, 1e-5));
        }
    }

    [Theory]
    [InlineData("{}", "missing_required_parameter")]
    [InlineData("""{"input":""}""", "invalid_value")]
    [InlineData("""{"input":[]}""", "empty_array")]
    [InlineData("""{"input":[[5,6,7]]}""", "invalid_type")]
    [InlineData("""{"input":[""]}""", "invalid_value")]
    [InlineData("""{"input":["a",1]}""", "invalid_type")]
    [InlineData("""{"input":[5,6,7]}""", "invalid_type")]
    [InlineData("""{"input":{}}""", "invalid_type")]
    [InlineData("""{"input":"a","dimensions":0}""", "invalid_value")]
    [InlineData("""{"input":"a","dimensions":1537}""", "invalid_value")]
    [InlineData("""{"input":"a","dimensions":"many"}""", "invalid_type")]
    [InlineData("""{"input":"a","encoding_format":"hex"}""", "invalid_value")]
    public async Task What_can_not_be_embedded_is_refused(string body, string code)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();

        using HttpResponseMessage response = await model.PostAsync(ModelHarness.EmbeddingPath, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Too_many_and_too_long_inputs_are_refused()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        string many = string.Join(',', Enumerable.Repeat("\"a\"", 2049));
        string longText = string.Concat(Enumerable.Repeat("a ", 8193));

        using HttpResponseMessage tooMany = await model.PostAsync(ModelHarness.EmbeddingPath, $$"""{"input":[{{many}}]}""");
        using HttpResponseMessage tooLong = await model.PostAsync(ModelHarness.EmbeddingPath, $$"""{"input":"{{longText}}"}""");

        Assert.Equal("array_above_max_length", (await ModelHarness.ErrorAsync(tooMany)).GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, (await ModelHarness.ErrorAsync(tooLong)).GetProperty("code").ValueKind);
        Assert.Equal(2, model.Instance.Counters.Snapshot().Count(ModelOperation.Embeddings, 400));
    }

    private static float[] Vector(JsonElement item) => [.. item.GetProperty("embedding").EnumerateArray().Select(component => component.GetSingle())];
}
