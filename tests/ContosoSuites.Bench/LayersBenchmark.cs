using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Text;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Local;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using OpenAI.Chat;
using Spectre.Console;
using static System.FormattableString;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ContosoSuites.Bench;

/// <summary>
/// What the layers of a chat through the function take of a processor that a bare endpoint does without: one caller, no network, an
/// answer that is there at once.
/// </summary>
internal static class LayersBenchmark
{
    private const string Deployment = "gpt-5-mini";
    private const string Question = "Hello";
    private const string Key = "key";

    private static readonly Uri Gateway = new("http://gateway.example/");

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using LocalSystem system = await LocalSystem.StartAsync(BenchSystem.Options(folder));
        var app = system.App!.Services.GetRequiredService<Kernel>();
        AIFunction[] functions = [.. app.Plugins.SelectMany(plugin => plugin.AsAIFunctions(app))];
        string persona = ChatPersona.SystemMessage(DateTimeOffset.UtcNow);

        using var plain = new HttpClient(new ReadyAnswer());
        using IHost host = HostWithPipeline();
        var pipeline = host.Services.GetRequiredService<HttpClient>();

        ChatClient client = BareEndpoint.CreateClient(Gateway, Key, Deployment, new HttpClientPipelineTransport(plain));
        List<ChatTool> tools = BareEndpoint.CreateTools(functions);
        IChatClient model = KernelOver(plain).GetRequiredService<IChatClient>();

        var calls = new Dictionary<string, Func<Task>>
        {
            ["the OpenAI client"] = () => client.CompleteChatAsync([new SystemChatMessage(persona), new UserChatMessage(Question)], Options(tools)),
            ["the Kernel, without tools"] = () => model.GetResponseAsync(Messages(), new ChatOptions()),
            ["the Kernel"] = () => model.GetResponseAsync(Messages(), new ChatOptions { Tools = [.. functions] }),
            ["a plain HttpClient"] = () => PostAsync(plain),
            ["the app's HttpClient"] = () => PostAsync(pipeline),
        };
        CallKind[] kinds = [.. calls.Select(call => CallKind.Of(call.Key, call.Value))];
        await LoadGenerator.SettleAsync(kinds, concurrency: 1, TimeSpan.FromSeconds(1));
        IReadOnlyDictionary<string, Load> loads = await LoadGenerator.InTurnsAsync(kinds, concurrency: 1, Turns.OfHalfSeconds(6));
        var kilobytes = new Dictionary<string, double>();
        foreach ((string name, Func<Task> call) in calls)
        {
            kilobytes.Add(name, await KilobytesAsync(call));
            AnsiConsole.WriteLine(Invariant($"{name}: p50 {loads[name].P50 * 1000:0.0} us, {kilobytes[name]:0.0} kB"));
        }

        return
        [
            Layer("the Kernel's chat client", "the Kernel", "the OpenAI client"),
            Layer("of it, three tools put on the wire", "the Kernel", "the Kernel, without tools"),
            Layer("retry, timeout and region in the app's HttpClient", "the app's HttpClient", "a plain HttpClient"),
        ];

        ChatMessage[] Messages() => [new(ChatRole.System, persona), new(ChatRole.User, Question)];

        Aim Layer(string figure, string with, string without) => new(
            figure,
            Invariant($"p50 {loads[with].P50 * 1000:0.0} us, {kilobytes[with]:0.0} kB"),
            Invariant($"{without} p50 {loads[without].P50 * 1000:0.0} us, {kilobytes[without]:0.0} kB"),
            Invariant($"{loads[with].P50Above(loads[without]) * 1000:+0.0;-0.0} us"));
    }

    private static async Task<double> KilobytesAsync(Func<Task> call)
    {
        const int Calls = 1000;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Calls; i++)
        {
            await call();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / 1e3 / Calls;
    }

    private static ChatCompletionOptions Options(List<ChatTool> tools)
    {
        var options = new ChatCompletionOptions();
        tools.ForEach(options.Tools.Add);
        return options;
    }

    private static Kernel KernelOver(HttpClient http)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(http);
        return builder.AddAzureOpenAIChatClient(Deployment, Gateway.AbsoluteUri, Key).Build();
    }

    private static IHost HostWithPipeline()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ApiManagement:Endpoint"] = Gateway.AbsoluteUri, ["ApiManagement:ApiKey"] = Key });
        builder.AddApiManagement();
        builder.Services.AddHttpClient(GatewayServices.ClientName).ConfigurePrimaryHttpMessageHandler(() => new ReadyAnswer());
        return builder.Build();
    }

    private static async Task PostAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Gateway) { Content = new ByteArrayContent([]) };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await response.Content.ReadAsByteArrayAsync();
    }

    private sealed class ReadyAnswer : HttpMessageHandler
    {
        private static readonly byte[] Body = Encoding.UTF8.GetBytes(
            """{"id":"1","object":"chat.completion","created":1,"model":"gpt-5-mini","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello."}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage { Content = new ByteArrayContent(Body), RequestMessage = request };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            response.Headers.TryAddWithoutValidation("x-ms-region", "swedencentral");
            return Task.FromResult(response);
        }
    }
}
