using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Local.Cli;
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
    private const string Never = "0 0 0 30 2 *";

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
            ("EmbedPendingRequestsSchedule", Never),
            ("BackendDistributionSchedule", Never));
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

        // It was worth the trouble.
        Assert.True(Sum(totals, "throttled") > 0 && Sum(totals, "unanswered") > 0, totals.ToString());
        JsonElement skew = report.GetProperty("priorityGroups")[0].GetProperty("skew").EnumerateArray().First(skew => skew.GetProperty("backend").GetString() == victim.Name);
        Assert.Contains(skew.GetProperty("cause").GetString(), (string[])["throttled", "unreachable"]);
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
}
