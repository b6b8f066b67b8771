using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Storage.Sqlite;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>
/// Whatever the logs do within the lateness bound, wherever collectors crash and however two of them get in each other's
/// way: in the end the stored bins are those of a plain computation over all rows.
/// </summary>
public sealed class CollectionPropertyTests
{
    private const int Cases = 40;
    private const int HoursOfTraffic = 4;

    private static readonly DistributionSettings Settings = new();

    private static readonly Gen<int> Seconds = Gen.Choose(0, HoursOfTraffic * 3600);

    // Mostly soon, at times as late as it may be.
    private static readonly Gen<int> Late = Gen.Frequency((3, Gen.Choose(0, 120)), (2, Gen.Choose(0, Settings.LatenessMinutes * 60)), (1, Gen.Constant(Settings.LatenessMinutes * 60)));

    private static readonly Gen<LoggedRequest> Request =
        from time in Seconds
        from backend in Gen.Elements("openai-primary", "openai-secondary", "")
        from copies in Gen.Frequency((8, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(0)))
        from arrivals in Gen.ArrayOf(Late, copies)
        from pieces in Gen.Choose(0, 3)
        from pieceArrivals in Gen.ArrayOf(Late, pieces)
        from tokens in Gen.Choose(1, 1000)
        let moment = Bins.Noon.AddSeconds(time)
        select new LoggedRequest(
            0,
            moment,
            backend,
            [.. arrivals.Select(late => moment.AddSeconds(late))],
            [.. pieceArrivals.Select(late => new LoggedTokens(moment.AddSeconds(late), tokens))]);

    // Which of the two collectors does what: mostly a step, now and then a crash; and how much time goes by.
    private static readonly Gen<(int Collector, bool Crash, int Seconds)> Step =
        from collector in Gen.Choose(0, 1)
        from crash in Gen.Frequency((12, Gen.Constant(false)), (1, Gen.Constant(true)))
        from seconds in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 30)), (2, Gen.Choose(60, 900)))
        select (collector, crash, seconds);

    private static readonly Gen<Trial> Trials =
        from requests in Gen.ArrayOf(Request, 80)
        from steps in Gen.ArrayOf(Step, 90)
        from limit in Gen.Elements(15, 20, 40, int.MaxValue)
        select new Trial(requests, steps, limit);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stored_bins_are_those_of_all_rows_that_are_not_too_late()
    {
        using var files = new TemporaryDatabase();
        await using SqliteDatabase database = files.Open();
        int splits = 0;
        foreach ((int number, Trial trial) in Trials.Sample(50, new Rnd(20270301UL, 11UL), Cases).Index())
        {
            splits += await RunAsync(trial, number, database);
            await using SqliteConnection clean = files.Connect();
            await clean.ExecuteAsync("DELETE FROM distribution_bins; DELETE FROM distribution_readings; DELETE FROM distribution_watermark");
        }

        Assert.True(splits > Cases, $"Only {splits} windows were split: the trials do not try what they should.");
    }

    private static async Task<int> RunAsync(Trial trial, int number, SqliteDatabase database)
    {
        // In steps of the clock, not by the clock of a database: time goes by only where the trial says so.
        var clock = new FakeTimeProvider(Bins.Noon.AddSeconds(1));
        var store = new SqliteDistributionStore(database);
        var log = new LogModel(trial.Requests, clock, trial.Limit);
        using var sums = new MetricSums();
        Stepping[] steps = [new(), new()];
        DistributionCollector[] collectors = [.. steps.Select(gate =>
        {
            var world = new SteppedWorld(gate, log, store);
            return new DistributionCollector(world, world, sums.Metrics, Settings, clock);
        })];

        foreach ((int which, bool crash, int seconds) in trial.Steps)
        {
            if (!steps[which].IsRunning)
            {
                await steps[which].StartAsync(() => collectors[which].CollectAsync(Ct));
            }
            else if (crash)
            {
                await steps[which].CrashAsync();
            }
            else
            {
                await steps[which].StepAsync();
            }

            clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        // Those still at work end after a later one has: the worst that an old reading can do.
        await new DistributionCollector(log, store, sums.Metrics, Settings, clock).CollectAsync(Ct);
        foreach (Stepping gate in steps)
        {
            while (gate.IsRunning)
            {
                await gate.StepAsync();
            }
        }

        DateTimeOffset end = BinTime.Ceiling(clock.GetUtcNow(), Bins.At(1) - Bins.At(0));
        List<DistributionBin> expected = LogModel.Compute(trial.Requests, DateTimeOffset.MinValue, end, clock.GetUtcNow());
        IReadOnlyList<DistributionBin> stored = await store.ListAsync(Bins.Noon.AddDays(-2), Bins.Noon.AddDays(2), Ct);
        Assert.True(
            expected.Select(Figures).SequenceEqual(stored.Select(Figures)),
            $"Trial {number} at {clock.GetUtcNow():O}\nexpected {string.Join("; ", expected.Select(Figures).Except(stored.Select(Figures)))}\nstored {string.Join("; ", stored.Select(Figures).Except(expected.Select(Figures)))}");
        Assert.Equal(clock.GetUtcNow(), await store.GetWatermarkAsync(Ct));

        // The metrics of all collectors of the process together tell the same.
        Assert.Equal(expected.Sum(bin => bin.Requests), SumOf(sums, "contoso.backend.requests"));
        Assert.Equal(expected.Sum(bin => bin.PromptTokens), SumOf(sums, "contoso.backend.tokens"));
        return log.Windows.Count(window => log.Windows.Any(other => other.From == window.From && other.To > window.To));
    }

    private static (DateTimeOffset Start, string Backend, long Requests, long Tokens) Figures(DistributionBin bin) =>
        (bin.Start, bin.Backend, bin.Requests, bin.PromptTokens);

    private static long SumOf(MetricSums sums, string instrument) =>
        sums.Sums.Where(sum => sum.Key.StartsWith(instrument + " ", StringComparison.Ordinal)).Sum(sum => sum.Value);

    private sealed record Trial(LoggedRequest[] Requests, (int Collector, bool Crash, int Seconds)[] Steps, int Limit);
}
