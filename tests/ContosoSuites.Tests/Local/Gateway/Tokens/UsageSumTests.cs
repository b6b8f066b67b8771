using System.Text;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Tokens;

/// <summary>The tokens that the gateway counts are those that the instances have given out, and its callers get every byte.</summary>
public sealed class UsageSumTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_counted_is_what_the_instances_gave_out()
    {
        using var log = new RecordingLog();
        await using LocalSystem system = await LocalSystem.StartAsync(
            new LocalSystemOptions { AppSettings = new Dictionary<string, string?>(), StartApp = false, TokensPerMinute = int.MaxValue, RequestLog = log }, Cancellation);
        using var client = new HttpClient { BaseAddress = system.Gateway.Endpoint };
        client.DefaultRequestHeaders.Add("api-key", GatewaySubscription.LocalKey);
        await system.Instances[0].SetFaultAsync(new StatusFault(500), Cancellation);
        await Parallel.ForAsync(0, 240, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (index, token) =>
        {
            if (index == 120)
            {
                await system.Instances[0].SetFaultAsync(null, token);
            }

            using HttpRequestMessage request = CreateRequest(index);
            using HttpResponseMessage response = await client.SendAsync(request, token);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync(token);
        });
        for (var i = 0; i < 240; i++)
        {
            await log.NextAsync();
        }

        List<ModelCountersSnapshot> given = [.. system.Instances.Select(instance => instance.Counters.Snapshot())];
        Every.One(log.Records, record => Assert.NotNull(record.Usage));
        Assert.Equal(given.Sum(counters => counters.PromptTokens), log.Records.Sum(record => (long)record.Usage!.PromptTokens));
        Assert.Equal(given.Sum(counters => counters.CompletionTokens), log.Records.Sum(record => (long)record.Usage!.CompletionTokens));
        Every.One(log.Records, record => Assert.Equal(record.Usage!.PromptTokens + record.Usage.CompletionTokens, record.Usage.TotalTokens));
        Assert.Equal(80, log.Records.Count(record => record.Usage!.IsStream));
        Assert.Equal(["gpt-5.4-mini", "text-embedding-3-small"], log.Records.Select(record => record.Usage!.Deployment).Distinct().Order());
    }

    [Fact]
    public async Task Answers_cut_anywhere_pass_byte_for_byte_and_are_counted()
    {
        await using StubBackend backend = await StubBackend.StartAsync("swedencentral");
        await using TestGateway gateway = await TestGateway.StartAsync(backend.Url, backend.Url, options => options with
        {
            NamedValues = new Dictionary<string, string> { ["openai-tokens-per-minute"] = "2000000000" },
        });
        Gen<(Operation, string, int, int[])> answers =
            from operation in Gen.Elements(Operation.Chat, Operation.StreamedChat, Operation.Embeddings)
            from prompt in Gen.Choose(1, 1000)
            from size in Gen.Choose(0, 300)
            from cuts in Gen.Choose(0, 30_000).ArrayOf(6)
            select (operation, AnswerTo(operation, prompt, size), prompt, cuts);

        foreach ((Operation operation, string answer, int prompt, int[] cuts) in answers.Sample(60, 40))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(answer);
            int[] places = [0, .. cuts.Where(cut => cut > 0 && cut < bytes.Length).Distinct().Order(), bytes.Length];
            backend.Handler = Answers.InPieces(
                operation == Operation.StreamedChat ? "text/event-stream; charset=utf-8" : "application/json; charset=utf-8",
                places.Zip(places.Skip(1)).Select(piece => (ReadOnlyMemory<byte>)bytes.AsMemory(piece.First..piece.Second)));

            using HttpResponseMessage response = await gateway.SendAsync(operation);

            Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(prompt, (await gateway.Log.NextAsync()).Usage!.PromptTokens);
        }
    }

    private static string AnswerTo(Operation operation, int prompt, int size) =>
        operation == Operation.Chat ? Answers.Chat(prompt, size, new string('m', size))
        : operation == Operation.Embeddings ? Answers.Embeddings(prompt, size * 100)
        : Answers.Stream(size, Answers.Usage(prompt, size));

    private static HttpRequestMessage CreateRequest(int index)
    {
        string path = Operation.All[index % 3].Path;
        string body = (index % 3) switch
        {
            0 => $$"""{"messages":[{"role":"user","content":"Hello number {{index}}"}]}""",
            1 => $$"""{"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hello number {{index}}"}]}""",
            _ => $$"""{"input":["a leak in room {{index}}","a cold radiator"],"encoding_format":"base64"}""",
        };
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
