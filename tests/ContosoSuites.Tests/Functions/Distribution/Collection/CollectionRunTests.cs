using System.Globalization;
using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>The collector in the app: its timer, what it logs, and what Health says of it.</summary>
public sealed class CollectionRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_timer_collects_and_health_says_when()
    {
        await using CollectionSystem system = await CollectionSystem.StartAsync(Stub.Answer(200, LogAnswers.Table()));
        Assert.StartsWith("Not collected yet, 0 minutes behind. No run", await DescribeAsync(system, "Healthy"), StringComparison.Ordinal);

        using HttpResponseMessage fired = await system.App.PostAsync("admin/functions/CollectBackendDistribution", null, Cancellation);
        fired.EnsureSuccessStatusCode();
        await system.Logs.ArrivalAsync(Cancellation);

        // One more by hand, to know the end of it.
        await system.CollectAsync();
        string description = await DescribeAsync(system, "Healthy");
        Assert.StartsWith("Collected up to ", description, StringComparison.Ordinal);
        Assert.Contains(", 0 minutes behind. The last run ended at ", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skew_of_the_last_hour_is_a_warning_once()
    {
        string now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        DateTimeOffset start = BinTime.Floor(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), IDistributionStore.BinSize);
        string row = LogAnswers.Row.Replace("2027-03-01T12:05:00Z", start.ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace(",9,7,1,2,3,4,5,", ",10,10,6,0,0,0,6,", StringComparison.Ordinal);
        string other = row.Replace("openai-primary", "openai-secondary", StringComparison.Ordinal).Replace(",10,10,6,0,0,0,6,", ",90,90,0,0,0,0,0,", StringComparison.Ordinal);
        await using CollectionSystem system = await CollectionSystem.StartAsync(Stub.Answer(200, LogAnswers.Table(row, other)));

        await system.CollectAsync();
        await system.CollectAsync();

        (_, string message) = Assert.Single(system.Logged(), entry => entry.Level == LogLevel.Warning);
        Assert.Contains("skew in priority 1 (openai-primary throttled)", message, StringComparison.Ordinal);
        JsonElement report = JsonElement.Parse(await system.App.GetStringAsync("api/BackendDistribution", Cancellation));
        Assert.Equal(100, report.GetProperty("totals").GetProperty("requests").GetInt64());
        Assert.NotEqual(JsonValueKind.Null, report.GetProperty("collectedUpTo").ValueKind);
    }

    [Fact]
    public async Task Skew_that_is_longer_ago_is_no_warning()
    {
        DateTimeOffset start = BinTime.Floor(DateTimeOffset.UtcNow.AddMinutes(-90), IDistributionStore.BinSize);
        string row = LogAnswers.Row.Replace("2027-03-01T12:05:00Z", start.ToString("O", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace(",9,7,1,2,3,4,5,", ",10,10,6,0,0,0,6,", StringComparison.Ordinal);
        string other = row.Replace("openai-primary", "openai-secondary", StringComparison.Ordinal).Replace(",10,10,6,0,0,0,6,", ",90,90,0,0,0,0,0,", StringComparison.Ordinal);
        await using CollectionSystem system = await CollectionSystem.StartAsync(Stub.Answer(200, LogAnswers.Table(row, other)));

        await system.CollectAsync();

        Assert.DoesNotContain(system.Logged(), entry => entry.Level >= LogLevel.Warning);
        JsonElement report = JsonElement.Parse(await system.App.GetStringAsync("api/BackendDistribution", Cancellation));
        Assert.Equal(100, report.GetProperty("totals").GetProperty("requests").GetInt64());
    }

    [Fact]
    public async Task A_failure_fails_the_function_in_plain_words_and_the_next_run_goes_on()
    {
        await using CollectionSystem system = await CollectionSystem.StartAsync(Stub.Answer(403, LogAnswers.Forbidden));

        LogQueryException failure = await Assert.ThrowsAsync<LogQueryException>(system.CollectAsync);
        Assert.Contains("Log Analytics Reader", failure.Message, StringComparison.Ordinal);

        // The host logs the failure of a function; a line of the collector's own would say it twice.
        Assert.Empty(system.Logged());
        Assert.Contains("failed: The query API refused this app (403).", await DescribeAsync(system, "Healthy"), StringComparison.Ordinal);

        system.Logs.Handler = Stub.Answer(200, LogAnswers.Table());
        await system.CollectAsync();
        Assert.Contains("The last run ended", await DescribeAsync(system, "Healthy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Far_behind_is_degraded_and_everything_else_still_healthy()
    {
        await using CollectionSystem system = await CollectionSystem.StartAsync(Stub.Answer(200, LogAnswers.Table()));
        await system.Host.Worker.Services!.GetRequiredService<IDistributionStore>().AdvanceWatermarkAsync(DateTimeOffset.UtcNow.AddMinutes(-42), Cancellation);

        Assert.Contains(", 42 minutes behind.", await DescribeAsync(system, "Degraded"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_workspace_collection_is_off_and_says_so_once()
    {
        await using CollectionSystem system = await CollectionSystem.StartAsync(Stub.Answer(200, LogAnswers.Table()), ("LogAnalytics:WorkspaceId", null));

        await system.CollectAsync();
        await system.CollectAsync();

        (LogLevel level, string message) = Assert.Single(system.Logged());
        Assert.Equal(LogLevel.Information, level);
        Assert.Contains("LogAnalytics:WorkspaceId", message, StringComparison.Ordinal);
        Assert.Empty(system.Logs.Requests);
        Assert.StartsWith("Collection is off", await DescribeAsync(system, "Healthy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_deployed_backends_are_expected_to_serve()
    {
        await using CollectionSystem system = await CollectionSystem.StartAsync(
            Stub.Answer(200, LogAnswers.Table()), ("BackendDistribution:Backends", " openai-secondary = two.example:8443 "));

        await system.CollectAsync();

        string parameters = JsonElement.Parse(Assert.Single(system.Logs.Requests).Body).GetProperty("query").GetString()!.Split("end of parameters")[0].Split("// parameters")[1];
        Assert.Contains("""[{"name":"openai-secondary","region":"francecentral","host":"two.example:8443"}]""", parameters, StringComparison.Ordinal);
        JsonElement report = JsonElement.Parse(await system.App.GetStringAsync("api/BackendDistribution", Cancellation));
        JsonElement share = Assert.Single(Assert.Single(report.GetProperty("priorityGroups").EnumerateArray()).GetProperty("backends").EnumerateArray());
        Assert.Equal(("openai-secondary", 1d), (share.GetProperty("backend").GetString(), share.GetProperty("expectedShare").GetDouble()));
    }

    private static async Task<string> DescribeAsync(CollectionSystem system, string status)
    {
        JsonElement check = await system.HealthAsync();
        Assert.Equal(status, check.GetProperty("status").GetString());
        return check.GetProperty("description").GetString()!;
    }
}
