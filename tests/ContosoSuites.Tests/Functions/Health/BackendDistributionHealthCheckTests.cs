using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Health;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Storage.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace ContosoSuites.Tests.Functions.Health;

/// <summary>How far behind the collection may be, by the minute, before and after there is one.</summary>
public sealed class BackendDistributionHealthCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 0, HealthStatus.Healthy, "Not collected yet, 0 minutes behind. No run on this instance yet.")]
    [InlineData(false, 7, HealthStatus.Healthy, "Not collected yet, 7 minutes behind. No run on this instance yet.")]
    [InlineData(false, 8, HealthStatus.Degraded, "Not collected yet, 8 minutes behind. No run on this instance yet.")]
    [InlineData(true, 7, HealthStatus.Healthy, "Collected up to 2027-03-01 12:00:00Z, 7 minutes behind. The last run ended at 2027-03-01 12:00:00Z.")]
    [InlineData(true, 8, HealthStatus.Degraded, "Collected up to 2027-03-01 12:00:00Z, 8 minutes behind. The last run ended at 2027-03-01 12:00:00Z.")]
    public async Task Is_degraded_when_it_is_behind_for_longer_than_the_setting_says(bool collected, int minutes, HealthStatus status, string description)
    {
        using var files = new TemporaryDatabase();
        await using SqliteDatabase database = files.Open();
        var store = new SqliteDistributionStore(database);
        var runs = new CollectionStatus(files.Clock);
        runs.Begin();
        if (collected)
        {
            await store.AdvanceWatermarkAsync(files.Clock.GetUtcNow(), Cancellation);
            runs.Ended(failure: null);
        }

        files.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var check = new BackendDistributionHealthCheck(
            store,
            runs,
            new LogAnalyticsSettings { WorkspaceId = "6f0f7c9e-3c55-4c0b-9d3e-2a52a35d7a11" },
            new DistributionSettings { DegradedAfterMinutes = 7 },
            files.Clock);

        HealthCheckResult result = await check.CheckHealthAsync(new HealthCheckContext(), Cancellation);

        Assert.Equal((status, description), (result.Status, result.Description));
    }
}
