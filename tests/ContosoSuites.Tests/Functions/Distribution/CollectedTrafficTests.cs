using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Gateway.Records;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution;

/// <summary>
/// From the calls of <c>./dev traffic</c>, by way of gateway, logs, query API and collector, to the JSON and the page: the
/// figures are those that the instances have counted themselves, whatever happened on the way.
/// </summary>
public sealed class CollectedTrafficTests
{
    private const string Chats = "gpt-5.4-mini";
    private const string Embeddings = "text-embedding-3-small";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_collected_is_what_the_instances_have_counted()
    {
        var attempts = new AttemptTally();
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with
            {
                RequestLog = attempts,
                LogFile = Path.Combine(Path.GetDirectoryName(options.AppSettings["Storage:SqlitePath"])!, "logs.db"),
            },
            ("AzureOpenAI:Prices", $"{Chats}=0.825/4.95,{Embeddings}=0.02/0"));
        ModelInstance victim = system.Local.Instances[0];

        Task throttled = SendAsync(system, 400);
        await Wait.For(victim.Counters.WaitForAsync(counters => counters.Count(status: 200) >= 100, Cancellation));
        await victim.SetFaultAsync(new ThrottleFault(TimeSpan.FromSeconds(1)), Cancellation);
        await throttled;
        await Wait.For(SendUntilAsync(system, () => victim.Counters.Snapshot().Count(status: 429) > 0));
        await victim.SetFaultAsync(null, Cancellation);

        // Until its breaker has closed nobody would notice that it refuses; and it drops what it has not answered to the end.
        long served = victim.Counters.Snapshot().Count(status: 200);
        await Wait.For(SendUntilAsync(system, () => victim.Counters.Snapshot().Count(status: 200) > served));
        await WaitForLogsAsync(system, attempts);
        await victim.SetFaultAsync(new RefuseFault(), Cancellation);
        await SendAsync(system, 300);
        await victim.SetFaultAsync(null, Cancellation);
        await SendAsync(system, 300);

        await WaitForLogsAsync(system, attempts);
        await system.Local.App!.Worker.Services!.GetRequiredService<ICollectionRun>().RunAsync(Cancellation);

        JsonElement report = JsonElement.Parse(await system.App.GetStringAsync("BackendDistribution", Cancellation));
        IDocument page = new HtmlParser().ParseDocument(await system.App.GetStringAsync("BackendDistribution/chart", Cancellation));
        Assert.Equal(system.Local.Instances.Count, report.GetProperty("backends").GetArrayLength());
        foreach (ModelInstance instance in system.Local.Instances)
        {
            AssertIsOf(instance, report.GetProperty("backends").EnumerateArray().Single(backend => backend.GetProperty("backend").GetString() == instance.Name), page);
        }

        JsonElement totals = report.GetProperty("totals");
        Assert.Equal(Sum(totals, "requests"), Sum(totals, "successes"));
        Assert.Equal(Sum(totals, "retries"), Sum(totals, "throttled", "unanswered"));
        Assert.Equal(Sum(totals, "promptTokens", "completionTokens"), report.GetProperty("tokensByFunction").EnumerateArray().Sum(function => Sum(function, "tokens")));

        // What the backends cost together is what the functions do, to the last token.
        Assert.True(totals.GetProperty("cost").GetDecimal() > 0, totals.ToString());
        Assert.Equal(totals.GetProperty("cost").GetDecimal(), report.GetProperty("tokensByFunction").EnumerateArray().Sum(function => function.GetProperty("cost").GetDecimal()));
        Every.One(report.GetProperty("tokensByFunction").EnumerateArray(), function => Assert.Equal(0, Sum(function, "unpricedTokens")));

        // It was worth the trouble.
        Assert.True(Sum(totals, "throttled") > 0 && Sum(totals, "unanswered") > 0, totals.ToString());
        JsonElement skew = report.GetProperty("priorityGroups")[0].GetProperty("skew").EnumerateArray().First(skew => skew.GetProperty("backend").GetString() == victim.Name);
        Assert.Contains(skew.GetProperty("cause").GetString(), (string[])["throttled", "unreachable"]);
    }

    [Fact]
    public async Task A_caller_who_leaves_is_charged_to_the_instance_that_kept_him_waiting()
    {
        var requests = new RequestCount();
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with { RequestLog = requests, LogFile = Path.Combine(Path.GetDirectoryName(options.AppSettings["Storage:SqlitePath"])!, "logs.db") });
        ModelInstance silent = system.Local.Instances[0];
        await silent.SetFaultAsync(new DelayHeadersFault(TimeSpan.FromHours(1)), Cancellation);
        const int Calls = 40;

        long left = 0;
        for (int i = 0; i < Calls; i++)
        {
            left += await ChatUntilItIsSilentAsync(system, silent, left) ? 1 : 0;
            await requests.WaitForNextAsync();
        }

        await system.Local.RequestLog!.FlushAsync(Cancellation);
        await system.Local.App!.Worker.Services!.GetRequiredService<ICollectionRun>().RunAsync(Cancellation);

        JsonElement report = JsonElement.Parse(await system.App.GetStringAsync("BackendDistribution", Cancellation));
        JsonElement Figures(ModelInstance instance) => report.GetProperty("backends").EnumerateArray()
            .Single(backend => backend.GetProperty("backend").GetString() == instance.Name).GetProperty("figures");
        Assert.Equal((left, 0), (Sum(Figures(silent), "unanswered"), Sum(Figures(silent), "successes")));
        Assert.Equal((0, Calls - left), (Sum(Figures(system.Local.Instances[1]), "unanswered"), Sum(Figures(system.Local.Instances[1]), "successes")));

        // The gateway did spread them as the weights say: what is wrong is the service, and whose.
        JsonElement group = report.GetProperty("priorityGroups")[0];
        Assert.Equal([left, Calls - left], group.GetProperty("backends").EnumerateArray().Select(share => Sum(share, "requests")));
        Assert.Empty(group.GetProperty("skew").EnumerateArray());
    }

    /// <summary>Sends a chat, and leaves when the silent instance has it: true; false when another has answered.</summary>
    private static async Task<bool> ChatUntilItIsSilentAsync(TestSystem system, ModelInstance silent, long leftBefore)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = new FormUrlEncodedContent([new("message", "Hello")]) };
        Task<HttpResponseMessage> answer = system.App.SendAsync(request, leaving.Token);
        Task waits = silent.Counters.WaitForAsync(counters => counters.InFlight > 0, leaving.Token);
        bool isAnswered = await Wait.For(Task.WhenAny(answer, waits)) == answer;
        await leaving.CancelAsync();
        if (isAnswered)
        {
            Assert.True((await answer).IsSuccessStatusCode);
            answer.Result.Dispose();
            return false;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Wait.For(silent.Counters.WaitForAsync(counters => counters.InFlight == 0 && counters.Disconnects == leftBefore + 1, Cancellation));
        return true;
    }

    private static void AssertIsOf(ModelInstance instance, JsonElement backend, IDocument page)
    {
        ModelCountersSnapshot counters = instance.Counters.Snapshot();
        JsonElement figures = backend.GetProperty("figures");
        Assert.Equal(
            (counters.Count(status: 200), counters.Count(status: 429), counters.PromptTokens, counters.CompletionTokens),
            (Sum(figures, "successes"), Sum(figures, "throttled"), Sum(figures, "promptTokens"), Sum(figures, "completionTokens")));
        JsonElement deployments = backend.GetProperty("deployments");
        foreach ((string deployment, ModelOperation operation) in ((string, ModelOperation)[])[(Chats, ModelOperation.ChatCompletions), (Embeddings, ModelOperation.Embeddings)])
        {
            Assert.Equal(
                (counters.Count(operation, 200), counters.Count(operation, 429)),
                (Sum(deployments.GetProperty(deployment), "successes"), Sum(deployments.GetProperty(deployment), "throttled")));
        }

        string[] head = [.. page.QuerySelectorAll("#backends-table thead th").Select(cell => cell.TextContent)];
        IElement row = page.QuerySelectorAll("#backends-table tbody tr").Single(row => row.QuerySelector("bdi")?.TextContent == instance.Name);
        Assert.Equal(
            [counters.Count(status: 200), counters.Count(status: 429), counters.PromptTokens, counters.CompletionTokens],
            ((string[])["Succeeded", "Throttled", "Prompt tokens", "Answer tokens"]).Select(column =>
                long.Parse(row.Children[Array.IndexOf(head, column)].TextContent, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
    }

    private static async Task WaitForLogsAsync(TestSystem system, AttemptTally attempts)
    {
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await Wait.For(attempts.WaitForAnswersAsync(instance.Name, instance.Counters.Snapshot().Count(), Cancellation));
        }

        await system.Local.RequestLog!.FlushAsync(Cancellation);
    }

    private static async Task SendUntilAsync(TestSystem system, Func<bool> isReached)
    {
        while (!isReached())
        {
            await SendAsync(system, 1);
        }
    }

    private static async Task SendAsync(TestSystem system, int calls)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });

        Assert.True(await TrafficCommand.RunAsync(console, system.Local.App!.Endpoint, null, calls, error, Cancellation) == 0, output.ToString() + error);
    }

    private static long Sum(JsonElement figures, params string[] names) => names.Sum(name => figures.GetProperty(name).GetInt64());

    /// <summary>Tells of the requests that the gateway has logged.</summary>
    private sealed class RequestCount : IRequestLog
    {
        private readonly Channel<RequestRecord> _records = Channel.CreateUnbounded<RequestRecord>();

        public void Write(RequestRecord record) => _records.Writer.TryWrite(record);

        public Task<RequestRecord> WaitForNextAsync() => Wait.For(_records.Reader.ReadAsync(Cancellation).AsTask());
    }
}
