using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Reporting;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Local;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Spectre.Console;
using static System.FormattableString;

namespace ContosoSuites.Bench;

/// <summary>
/// Where the processor time of a chat through the function goes that a bare endpoint does without: from an endpoint that answers
/// by itself to the function, one layer more each time, all under the load of the throughput's comparison.
/// </summary>
internal static class LayersBenchmark
{
    private const string Deployment = "gpt-5-mini";
    private const int Concurrency = 64;
    private const int Rounds = 12;

    public static async Task<IReadOnlyList<Aim>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using LocalSystem system = await LocalSystem.StartAsync(BenchSystem.Options(folder));
        IServiceProvider app = system.App!.Services;
        var kernel = app.GetRequiredService<Kernel>();
        var kernelClient = kernel.GetRequiredService<IChatClient>();
        AIFunction[] functions = [.. kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel))];
        string persona = ChatPersona.SystemMessage(DateTimeOffset.UtcNow);
        var openAI = new OpenAIChat(system.Gateway.Endpoint, Deployment, persona, functions);
        var openAIOverApp = new OpenAIChat(system.Gateway.Endpoint, Deployment, persona, functions, app.GetRequiredService<HttpClient>());

        await using var layers = new LayerList();
        await layers.AddAsync("an endpoint and its caller", (question, _) => Task.FromResult(question));
        await layers.AddAsync("+ gateway, model and the OpenAI client", openAI.AskAsync);
        await layers.AddAsync("+ the app's HttpClient: retry, timeout, region", openAIOverApp.AskAsync);
        await layers.AddAsync("+ the Kernel's chat client", (question, cancellationToken) =>
            AskKernelAsync(question, new ChatOptions { RawRepresentationFactory = _ => openAI.CreateOptions() }, cancellationToken));
        await layers.AddAsync("+ its tools, written for the wire anew", (question, cancellationToken) =>
            AskKernelAsync(question, new ChatOptions { Tools = [.. functions] }, cancellationToken));
        layers.Add("+ the function and its host", new Uri(system.App.Endpoint, "api/Chat"));
        return [.. Compare(await layers.MeasureAsync())];

        async Task<string> AskKernelAsync(string question, ChatOptions options, CancellationToken cancellationToken) =>
            (await kernelClient.GetResponseAsync([new(ChatRole.System, persona), new(ChatRole.User, question)], options, cancellationToken)).Text;
    }

    private static IEnumerable<Aim> Compare(IReadOnlyList<(string Name, Load Load)> layers)
    {
        Load? before = null;
        foreach ((string name, Load load) in layers)
        {
            AnsiConsole.WriteLine(Invariant($"{name}: {load}, {load.Cost}"));
            yield return new Aim(
                Invariant($"chat at {load.Concurrency}: {name}"),
                Invariant($"{load.PerSecond:0}/s, {load.Cost}"),
                before is null ? "" : Invariant($"without {before.PerSecond:0}/s, {before.Cost}"),
                before is null ? "" : Invariant($"{load.Cost.Microseconds - before.Cost.Microseconds:+0.0;-0.0} us"));
            before = load;
        }
    }

    /// <summary>The endpoints that take turns.</summary>
    private sealed class LayerList : IAsyncDisposable
    {
        private static readonly byte[] Body = """{"message":"Hello"}"""u8.ToArray();

        private readonly List<BareEndpoint> _endpoints = [];
        private readonly List<CallKind> _kinds = [];
        private readonly JsonPost _post = new();

        public async Task AddAsync(string name, Func<string, CancellationToken, Task<string>> answerAsync)
        {
            BareEndpoint endpoint = await BareEndpoint.StartAsync(answerAsync);
            _endpoints.Add(endpoint);
            Add(name, endpoint.Address);
        }

        public void Add(string name, Uri address) => _kinds.Add(_post.To(name, address, Body));

        public async Task<IReadOnlyList<(string Name, Load Load)>> MeasureAsync()
        {
            await LoadGenerator.SettleAsync(_kinds, Concurrency, TimeSpan.FromSeconds(0.5));
            IReadOnlyDictionary<string, Load> loads = await LoadGenerator.InTurnsAsync(_kinds, Concurrency, Turns.OfHalfSeconds(Rounds));
            return [.. _kinds.Select(kind => (kind.Name, loads[kind.Name]))];
        }

        public async ValueTask DisposeAsync()
        {
            _post.Dispose();
            foreach (BareEndpoint endpoint in _endpoints)
            {
                await endpoint.DisposeAsync();
            }
        }
    }
}
