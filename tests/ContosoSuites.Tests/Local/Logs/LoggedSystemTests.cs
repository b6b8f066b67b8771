using System.Net;
using System.Text.Json;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>Traffic through the whole system, and what the query API then says of it: the figures of the instances' own counters.</summary>
public sealed class LoggedSystemTests : IAsyncLifetime
{
    private const int Calls = 30;

    // Columns of backend-distribution.
    private const int Backend = 1;
    private const int Requests = 3;
    private const int Successes = 4;
    private const int Throttled = 5;
    private const int ClientErrors = 6;
    private const int Unanswered = 8;
    private const int Retries = 9;
    private const int PromptTokens = 10;
    private const int CompletionTokens = 11;
    private const int TokensByFunction = 14;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contoso-logged-");
    private readonly HttpClient _client = new();
    private LocalSystem _system = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _system = await LocalSystem.StartAsync(
        new LocalSystemOptions
        {
            AppSettings = new Dictionary<string, string?>(SampleSettings.Read()) { ["Storage:SqlitePath"] = Path.Combine(_folder.FullName, "contoso.db") },
            LogFile = Path.Combine(_folder.FullName, "logs.db"),
            TokensPerMinute = int.MaxValue,
        },
        Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_logs_agree_with_the_instances()
    {
        using var traffic = new Traffic(_system.App!.Endpoint);
        await CallAsync(traffic);
        await _system.Instances[0].SetFaultAsync(new ThrottleFault(TimeSpan.FromSeconds(1)), Cancellation);
        await CallAsync(traffic);
        await _system.Instances[0].SetFaultAsync(new ResetFault(), Cancellation);
        await CallAsync(traffic);
        using (var refused = await _client.PostAsync(new Uri(_system.Gateway.Endpoint, "openai/deployments/gpt-5.4-mini/chat/completions"), content: null, Cancellation))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        var requests = _system.Instances.Sum(instance => instance.Counters.Snapshot().Count(status: 200)) + 1;
        var rows = await LogQueryClient.UntilAsync(
            _client, _system.Logs!.Endpoint, "backend-distribution", rows => Sum(rows, _ => true, Requests) == requests, Cancellation);

        foreach (var instance in _system.Instances)
        {
            var counters = instance.Counters.Snapshot();
            bool IsOf(JsonElement row) => row[Backend].GetString() == instance.Name;
            Assert.Equal(counters.Count(status: 200), Sum(rows, IsOf, Successes));
            Assert.Equal(counters.Count(status: 429), Sum(rows, IsOf, Throttled));
            Assert.Equal(counters.PromptTokens, Sum(rows, IsOf, PromptTokens));
            Assert.Equal(counters.CompletionTokens, Sum(rows, IsOf, CompletionTokens));
        }

        Assert.True(Sum(rows, _ => true, Throttled) > 0, "The instance has throttled nothing.");
        Assert.Equal(1, Sum(rows, row => row[Backend].GetString()!.Length == 0, ClientErrors));
        Assert.Equal(Sum(rows, _ => true, Retries), Sum(rows, _ => true, Throttled) + Sum(rows, _ => true, Unanswered));

        var byFunction = rows.EnumerateArray().SelectMany(row => JsonElement.Parse(row[TokensByFunction].GetString()!).EnumerateObject().ToList()).ToLookup(tokens => tokens.Name, tokens => tokens.Value.GetInt64());
        Assert.Equal(["Chat", "Vectorize"], byFunction.Select(function => function.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            Sum(rows, _ => true, PromptTokens) + Sum(rows, _ => true, CompletionTokens), byFunction.Sum(function => function.Sum()));
    }

    [Fact]
    public async Task The_other_queries_tell_the_same_story()
    {
        using var traffic = new Traffic(_system.App!.Endpoint);
        await _system.Instances[0].SetFaultAsync(new StatusFault(503), Cancellation);
        await _system.Instances[1].SetFaultAsync(new StatusFault(400), Cancellation);
        using (var answer = await traffic.EmbedAsync(0, Cancellation))
        {
            Assert.False(answer.IsSuccessStatusCode);
        }

        await _system.Instances[1].SetFaultAsync(null, Cancellation);
        using (var answer = await traffic.EmbedAsync(1, Cancellation))
        {
            Assert.True(answer.IsSuccessStatusCode);
        }

        var failures = await RowsAsync("failure-analysis", 1);
        Assert.Equal(["refused by backend", "400", "400", "", "openai-secondary", "embeddings", "1"], failures[0].EnumerateArray().Take(7).Select(value => value.ToString()));
        var retries = await RowsAsync("retries-and-failovers", 1);
        Assert.Equal(["answered with an error", "400", "503 > 400", "swedencentral > francecentral", "1"], retries[0].EnumerateArray().Take(5).Select(value => value.ToString()));
        var tokens = await RowsAsync("tokens-by-caller", 1);
        Assert.Equal(["Vectorize", "local", "127.0.0.1", "text-embedding-3-small", "1"], tokens[0].EnumerateArray().Skip(1).Take(5).Select(value => value.ToString()));
    }

    private static long Sum(JsonElement rows, Func<JsonElement, bool> which, int column) => rows.EnumerateArray().Where(which).Sum(row => row[column].GetInt64());

    private static Task CallAsync(Traffic traffic) => Parallel.ForAsync(0, Calls, Cancellation, async (i, token) =>
    {
        using var response = i % 2 == 0 ? await traffic.ChatAsync(i, token) : await traffic.EmbedAsync(i, token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    });

    private Task<JsonElement> RowsAsync(string query, int count) =>
        LogQueryClient.UntilAsync(_client, _system.Logs!.Endpoint, query, rows => rows.GetArrayLength() == count, Cancellation);
}
