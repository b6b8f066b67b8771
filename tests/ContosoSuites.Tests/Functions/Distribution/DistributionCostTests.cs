using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution;

/// <summary>GET api/BackendDistribution with prices in the settings: what it cost, and what nobody can say.</summary>
public sealed class DistributionCostTests(DistributionCostTests.PricedSystem shared) : IClassFixture<DistributionCostTests.PricedSystem>
{
    private const string Range = "?from=2027-03-01T12:00Z&to=2027-03-02T13:00Z&bin=PT1H";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cost_is_told_by_backend_deployment_function_and_day()
    {
        await StoreAsync(
            Used(0, "openai-primary", "chat", ("Chat", 2, 600_000, 20_000), ("MaintenanceCopilotChat", 3, 400_000, 30_000)),
            Used(1, "openai-secondary", "chat", ("Chat", 1, 1_000_000, 0)),
            Used(1, "openai-secondary", "embedding", ("MaintenanceCopilotChat", 1, 500_000, 0)),
            Used(288, "openai-secondary", "chat", ("Chat", 4, 0, 100_000)));

        JsonElement report = await GetAsync();

        // chat costs 1 and 5 dollars a million, embedding 0.1 and 0.
        JsonElement[] backends = [.. report.GetProperty("backends").EnumerateArray()];
        Assert.Equal([1.25m, 1.55m, 2.8m], [Cost(backends[0].GetProperty("figures")), Cost(backends[1].GetProperty("figures")), Cost(report.GetProperty("totals"))]);
        Assert.Equal((1.5m, 0.05m), (Cost(backends[1].GetProperty("deployments").GetProperty("chat")), Cost(backends[1].GetProperty("deployments").GetProperty("embedding"))));
        decimal?[] hours = [.. backends[1].GetProperty("series").EnumerateArray().Select(point => Cost(point.GetProperty("figures")))];
        Assert.Equal((1.05m, 0m, 0.5m), (hours[0], hours[1], hours[24]));
        Assert.Equal(
            [("Chat", 1_720_000, 2.2m, 7, 0), ("MaintenanceCopilotChat", 930_000, 0.6m, 4, 0)],
            Functions(report));

        JsonElement costs = report.GetProperty("costs");
        Assert.Equal([("2027-03-01", 2.3m), ("2027-03-02", 0.5m)], costs.GetProperty("days").EnumerateArray().Select(day => (day.GetProperty("day").GetString()!, Cost(day))));
        Assert.Empty(costs.GetProperty("unpriced").EnumerateArray());
        Assert.Equal("""{"chat":{"prompt":1,"completion":5},"embedding":{"prompt":0.1,"completion":0}}""", costs.GetProperty("prices").GetRawText());
    }

    [Fact]
    public async Task A_deployment_without_a_price_is_in_no_cost_and_named()
    {
        await StoreAsync(
            Used(0, "openai-primary", "unknown", ("Vectorize", 2, 70, 5)),
            Used(0, "openai-secondary", "unknown", ("Chat", 1, 30, 0)),
            Used(0, "openai-secondary", "chat", ("Chat", 1, 1_000_000, 0)),
            Used(288, "openai-secondary", "unknown", ("Chat", 1, 1, 0)));

        JsonElement report = await GetAsync();

        JsonElement[] backends = [.. report.GetProperty("backends").EnumerateArray()];
        Assert.Equal([null, 1m, 1m], [Cost(backends[0].GetProperty("figures")), Cost(backends[1].GetProperty("figures")), Cost(report.GetProperty("totals"))]);
        Assert.Null(Cost(backends[1].GetProperty("deployments").GetProperty("unknown")));
        Assert.Equal([("Chat", 1_000_031, 1m, 1, 31), ("Vectorize", 75, null, 0, 75)], Functions(report));
        Assert.Equal(["unknown"], report.GetProperty("costs").GetProperty("unpriced").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([1m, null], report.GetProperty("costs").GetProperty("days").EnumerateArray().Select(Cost));
    }

    [Fact]
    public async Task Of_bins_that_do_not_tell_prompt_and_answer_apart_by_function_there_is_no_cost_by_function()
    {
        await StoreAsync(
            Used(0, "openai-primary", "chat", ("Chat", 2, 600_000, 20_000), ("Vectorize", 1, 10, 0)) with { UsageByFunction = new Dictionary<string, FunctionUsage>() },
            Used(1, "openai-primary", "chat", ("Chat", 1, 1_000_000, 0)));

        JsonElement report = await GetAsync();

        Assert.Equal(1.70001m, Cost(report.GetProperty("totals")));
        Assert.Equal([("Chat", 1_620_000, 1m, 1, 620_000), ("Vectorize", 10, null, 0, 10)], Functions(report));
    }

    [Fact]
    public async Task Names_that_are_no_functions_of_this_app_have_one_cost()
    {
        await StoreAsync(Used(0, "openai-primary", "chat", ("invented", 1, 500_000, 0), ("made up", 2, 500_000, 0)));

        Assert.Equal([("other", 1_000_000, 1m, 3, 0)], Functions(await GetAsync()));
    }

    [Fact]
    public async Task Where_nothing_was_used_it_cost_nothing()
    {
        await StoreAsync();

        JsonElement report = await GetAsync();

        Assert.Equal(0, Cost(report.GetProperty("totals")));
        Assert.Empty(report.GetProperty("costs").GetProperty("days").EnumerateArray());
    }

    private static decimal? Cost(JsonElement figures) =>
        figures.GetProperty("cost") is { ValueKind: not JsonValueKind.Null } cost ? cost.GetDecimal() : null;

    private static IEnumerable<(string Name, long Tokens, decimal? Cost, long Calls, long Unpriced)> Functions(JsonElement report) =>
        report.GetProperty("tokensByFunction").EnumerateArray().Select(function => (
            function.GetProperty("function").GetString()!,
            function.GetProperty("tokens").GetInt64(),
            Cost(function),
            function.GetProperty("pricedCalls").GetInt64(),
            function.GetProperty("unpricedTokens").GetInt64()));

    private static DistributionBin Used(int bin, string backend, string deployment, params (string Function, long Calls, long Prompt, long Completion)[] usage) =>
        Bins.Bin(bin, backend, usage.Sum(function => function.Calls), deployment) with
        {
            PromptTokens = usage.Sum(function => function.Prompt),
            CompletionTokens = usage.Sum(function => function.Completion),
            TokensByFunction = usage.ToDictionary(function => function.Function, function => function.Prompt + function.Completion),
            UsageByFunction = usage.ToDictionary(function => function.Function, function => new FunctionUsage(function.Calls, function.Prompt, function.Completion)),
        };

    /// <summary>The tests of a class run one after the other, and each puts its own bins in the place of the last one's.</summary>
    private Task<DistributionReplacement> StoreAsync(params DistributionBin[] bins) => shared.System.Local.App!.Worker.Services!
        .GetRequiredService<IDistributionStore>().ReplaceAsync(Bins.Noon, Bins.Noon.AddDays(2), DateTimeOffset.UtcNow, bins, Cancellation);

    private async Task<JsonElement> GetAsync()
    {
        using HttpResponseMessage response = await shared.System.App.GetAsync("BackendDistribution" + Range, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await TestSystem.TextAsync(response));
        return await TestSystem.JsonAsync(response);
    }

    /// <summary>A system whose settings have prices.</summary>
    public sealed class PricedSystem : IAsyncLifetime
    {
        public TestSystem System { get; private set; } = null!;

        public async ValueTask InitializeAsync() => System = await TestSystem.StartAsync(("AzureOpenAI:Prices", "chat=1/5,embedding=0.1/0"));

        public ValueTask DisposeAsync() => System.DisposeAsync();
    }
}
