using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Cli.Verify;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Spectre.Console;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>What <c>./dev verify</c> finds: nothing on a system that is well, and otherwise the one thing that is broken.</summary>
public sealed class VerifyTests(VerifyTests.KeyedSystem shared) : IClassFixture<VerifyTests.KeyedSystem>
{
    private static readonly string[] Rows =
    [
        "Health", "Function key asked for", "Hotels", "Chat", "Stream in pieces", "Embedding", "Maintenance copilot",
        "Chats spread as weighted", "Embeddings spread as weighted", "Collected figures",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_that_is_well_passes_every_row()
    {
        (int exit, JsonElement rows) = await VerifyAsync(options => options with { Write = true });

        Assert.True(exit == 0, rows.ToString());
        Assert.Equal(Rows, rows.EnumerateArray().Select(row => row.GetProperty("check").GetString()));
        Every.One(rows.EnumerateArray(), row => Assert.Equal("passed", row.GetProperty("outcome").GetString()));
        Assert.Contains("TEST", Text(rows, "Maintenance copilot"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_to_write_nothing_is_saved()
    {
        int before = await CountRequestsAsync();

        (int exit, JsonElement rows) = await VerifyAsync(options => options);

        Assert.True(exit == 0, rows.ToString());
        Assert.Equal(before, await CountRequestsAsync());
    }

    [Fact]
    public async Task A_wrong_key_fails_where_it_is_first_needed_and_the_rest_is_not_tried()
    {
        (int exit, JsonElement rows) = await VerifyAsync(options => options with { Key = "wrong" });

        Assert.Equal(1, exit);
        Assert.Equal(
            ["passed", "passed", "failed", .. Enumerable.Repeat("skipped", Rows.Length - 3)],
            rows.EnumerateArray().Select(row => row.GetProperty("outcome").GetString()));
        Assert.Contains("--key", rows[2].GetProperty("whenItFails").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_is_out_is_seen_by_what_is_missing_there()
    {
        await shared.System.Local.Instances[1].SetFaultAsync(new RefuseFault(), Cancellation);
        try
        {
            (int exit, JsonElement rows) = await VerifyAsync(options => options);

            Assert.Equal(1, exit);
            Assert.Equal(["Chats spread as weighted", "Embeddings spread as weighted"], Failed(rows));
            Assert.Contains("francecentral 0 of", Text(rows, "Chats spread as weighted"), StringComparison.Ordinal);
        }
        finally
        {
            await shared.System.Local.Instances[1].SetFaultAsync(null, Cancellation);
        }
    }

    [Fact]
    public async Task Embeddings_of_another_length_are_that_row()
    {
        (int exit, JsonElement rows) = await VerifyAsync(options => options with { Dimensions = 3072 });

        Assert.Equal(1, exit);
        Assert.Equal(["Embedding"], Failed(rows));
        Assert.Equal("1536 numbers", Text(rows, "Embedding"));
    }

    [Fact]
    public async Task Figures_that_do_not_come_are_that_row()
    {
        await using TestSystem system = await KeyedSystem.StartAsync(SampleSettings.Never);

        (int exit, JsonElement rows) = await VerifyAsync(system, options => options with { LogTime = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(1, exit);
        Assert.Equal(["Collected figures"], Failed(rows));
        Assert.Contains("openai-primary 0 of", Text(rows, "Collected figures"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Breaks() => new()
    {
        { "Health", "health" },
        { "Function key asked for", "key" },
        { "Chat", "region" },
        { "Stream in pieces", "buffer" },
        { "Maintenance copilot", "copilot" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task What_stands_between_breaks_one_row(string row, string what)
    {
        await using ProxyInBetween proxy = await ProxyInBetween.StartAsync(shared.System.Local.App!.Endpoint, Break(what), Cancellation);

        (int exit, JsonElement rows) = await VerifyAsync(options => options with { App = proxy.Address });

        Assert.Equal(1, exit);
        Assert.Equal([row], Failed(rows));
        Assert.NotEmpty(rows.EnumerateArray().Single(r => r.GetProperty("check").GetString() == row).GetProperty("whenItFails").GetString()!);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so()
    {
        using var port = new HeldPort();

        (int exit, JsonElement rows) = await VerifyAsync(options => options with { App = new UriBuilder("http", "127.0.0.1", port.Number).Uri });

        Assert.Equal(1, exit);
        Assert.Equal(["Health", "Function key asked for", "Hotels"], Failed(rows));
    }

    [Fact]
    public async Task The_token_limit_is_named_when_it_is_met_and_waited_for()
    {
        await using ProxyInBetween proxy = await ProxyInBetween.StartAsync(shared.System.Local.App!.Endpoint, LimitOnce(), Cancellation);

        (int exit, string text) = await VerifyTextAsync(shared.System, options => options with { App = proxy.Address });

        Assert.True(exit == 0, text);
        Assert.Contains("The token limit is reached.", text, StringComparison.Ordinal);
        Assert.Contains("1 calls met the token limit", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workspace_is_asked_where_one_is_named()
    {
        (int exit, JsonElement rows) = await VerifyAsync(options => options with { Workspace = "w" }, (query, _) => Task.FromResult<(JsonElement?, string?)>((JsonElement.Parse(
            query.Contains("BackendId", StringComparison.Ordinal) ? """[{"BackendId": "openai-primary-chat", "Requests": "7"}]"""
            : query.Contains("Traced", StringComparison.Ordinal) ? """[{"All": "7", "Traced": "7", "Named": "6"}]"""
            : """[{"All": "7", "Texts": "2"}]"""), null)));

        Assert.Equal(1, exit);
        Assert.Equal(["No message text logged"], Failed(rows));
        Assert.Equal("BackendId: 'openai-primary-chat' 7", Text(rows, "Logged backends"));
        Assert.Equal("of 7 requests 7 have a trace of their attempts, 6 name the function", Text(rows, "Logged traces and callers"));
        Assert.Equal("2 of 7 rows hold messages", Text(rows, "No message text logged"));
    }

    [Fact]
    public async Task A_workspace_that_can_not_be_asked_says_why()
    {
        (int exit, JsonElement rows) = await VerifyAsync(
            options => options with { Workspace = "w" }, (_, _) => Task.FromResult<(JsonElement?, string?)>((null, "az: Please run 'az login' to setup account.")));

        Assert.Equal(1, exit);
        Assert.Contains("az login", Text(rows, "Logged backends"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, 42)]
    [InlineData(new[] { 1.0, 0.0 }, 1)]
    public void It_takes_as_many_calls_as_show_half_a_share(double[] shares, int calls) => Assert.Equal(calls, SpreadChecks.CallsNeeded(shares));

    [Fact]
    public void A_model_that_retires_soon_is_told_of()
    {
        JsonElement models = JsonElement.Parse("""{"chat": {"model": "a", "retires": "2027-03-28"}, "embedding": {"model": "b", "retires": "2027-03-27"}}""");

        string line = Assert.Single(DeployedModels.Retiring(models, new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero)));

        Assert.Equal("The model b retires on 2027-03-27, in 119 days: choose another in infra/models.json.", line);
    }

    private static Func<HttpContext, Func<Task>, Task> Break(string what)
    {
        int chats = 0;
        return async (context, next) =>
        {
            string path = context.Request.Path.Value!;
            switch (what)
            {
                case "health" when path.EndsWith("/health", StringComparison.Ordinal):
                case "copilot" when path.EndsWith("/MaintenanceCopilotChat", StringComparison.Ordinal):
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    return;
                case "key":
                    context.Request.Headers["x-functions-key"] = KeyedSystem.Key;
                    break;
                case "region" when path.EndsWith("/Chat", StringComparison.Ordinal) && Interlocked.Increment(ref chats) == 1:
                    context.Response.OnStarting(() =>
                    {
                        context.Response.Headers.Remove("x-served-by");
                        return Task.CompletedTask;
                    });
                    break;
                case "buffer":
                    await ProxyInBetween.BufferAsync(context, next);
                    return;
            }

            await next();
        };
    }

    private static Func<HttpContext, Func<Task>, Task> LimitOnce()
    {
        int chats = 0;
        return async (context, next) =>
        {
            if (context.Request.Path.Value!.EndsWith("/Chat", StringComparison.Ordinal) && Interlocked.Increment(ref chats) == 5)
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "1";
                await context.Response.WriteAsJsonAsync(
                    new { title = "The token limit is reached.", detail = "Wait.", status = 429 }, (JsonSerializerOptions?)null, "application/problem+json", context.RequestAborted);
                return;
            }

            await next();
        };
    }

    private async Task<int> CountRequestsAsync()
    {
        using HttpClient client = AppClient.Create(KeyedSystem.Key);
        return JsonElement.Parse(await client.GetStringAsync(new Uri(shared.System.Local.App!.Endpoint, "api/MaintenanceRequests?page_size=100"), Cancellation))
            .GetProperty("items").GetArrayLength();
    }

    private Task<(int Exit, JsonElement Rows)> VerifyAsync(
        Func<VerifyOptions, VerifyOptions> configure, Func<string, CancellationToken, Task<(JsonElement?, string?)>>? ask = null) => VerifyAsync(shared.System, configure, ask);

    private static async Task<(int Exit, JsonElement Rows)> VerifyAsync(
        TestSystem system, Func<VerifyOptions, VerifyOptions> configure, Func<string, CancellationToken, Task<(JsonElement?, string?)>>? ask = null)
    {
        (int exit, string text) = await VerifyTextAsync(system, options => configure(options) with { Json = true }, ask);
        return (exit, JsonElement.Parse(text));
    }

    private static async Task<(int Exit, string Text)> VerifyTextAsync(
        TestSystem system, Func<VerifyOptions, VerifyOptions> configure, Func<string, CancellationToken, Task<(JsonElement?, string?)>>? ask = null)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        VerifyOptions options = configure(new VerifyOptions { App = system.Local.App!.Endpoint, Key = KeyedSystem.Key, Dimensions = 1536, LogTime = TimeSpan.FromSeconds(30) });
        int exit = await new VerifyCommand(console, options).RunAsync(
            JsonElement.Parse(await File.ReadAllTextAsync(DeployedModels.File, Cancellation)),
            DateTimeOffset.UtcNow,
            ask ?? ((_, _) => throw new InvalidOperationException("Nobody asked for the workspace.")),
            Cancellation);
        return (exit, output.ToString());
    }

    private static string[] Failed(JsonElement rows) =>
        [.. rows.EnumerateArray().Where(row => row.GetProperty("outcome").GetString() == "failed").Select(row => row.GetProperty("check").GetString()!)];

    private static string Text(JsonElement rows, string check) => rows.EnumerateArray().Single(row => row.GetProperty("check").GetString() == check).GetProperty("text").GetString()!;

    /// <summary>A system that asks for a key, streams at a model's pace, and collects every second.</summary>
    public sealed class KeyedSystem : IAsyncLifetime
    {
        public const string Key = "a-key-of-the-tests";

        public TestSystem System { get; private set; } = null!;

        public async ValueTask InitializeAsync() => System = await StartAsync("* * * * * *");

        public ValueTask DisposeAsync() => System.DisposeAsync();

        internal static Task<TestSystem> StartAsync(string collects) => TestSystem.StartAsync(
            options => options with
            {
                FunctionKey = Key,
                ModelPace = TimeSpan.FromMilliseconds(15),
                LogFile = Path.Combine(Path.GetDirectoryName(options.AppSettings["Storage:SqlitePath"])!, "logs.db"),
            },
            ("BackendDistributionSchedule", collects));
    }
}
