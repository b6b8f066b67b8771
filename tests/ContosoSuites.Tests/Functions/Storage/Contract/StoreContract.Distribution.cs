using ContosoSuites.Functions.Distribution;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Contract;

public abstract partial class StoreContract
{
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Bins_can_be_read_back_as_they_were()
    {
        DistributionBin bin = Bin(0) with
        {
            Successes = 2,
            Throttled = 3,
            ClientErrors = 4,
            ServerErrors = 5,
            Unanswered = 6,
            Retries = 7,
            PromptTokens = 1L << 40,
            CompletionTokens = 9,
            AverageBackendMs = 10.25,
            P95BackendMs = 11.5,
            TokensByFunction = new Dictionary<string, long> { ["Chat"] = 12, [""] = 13, ["'\"; DROP"] = 14 },
            UsageByFunction = new Dictionary<string, FunctionUsage> { ["Chat"] = new(1, 1L << 40, 3), [""] = new(2, 4, 0), ["'\"; DROP"] = new(3, 5, 9) },
        };

        await ReplaceAsync(0, 1, 0, bin);

        DistributionBin stored = Assert.Single(await ListAsync(0, 1));
        Assert.Equal(bin.TokensByFunction, stored.TokensByFunction);
        Assert.Equal(bin.UsageByFunction, stored.UsageByFunction);
        Assert.Equal(bin with { TokensByFunction = stored.TokensByFunction, UsageByFunction = stored.UsageByFunction }, stored);
        Assert.Equal(TimeSpan.Zero, stored.Start.Offset);
    }

    [Fact]
    public async Task Bins_come_by_start_backend_and_deployment_from_the_range_only()
    {
        DistributionBin[] bins = [Bin(0), Bin(1, "a", "z"), Bin(1, "b", "a"), Bin(1, "b", "b"), Bin(2), Bin(3)];
        await ReplaceAsync(0, 4, 0, [.. bins.Reverse()]);

        Assert.Equal(Keys(bins[1..5]), Keys(await ListAsync(1, 3)));
        Assert.Empty(await ListAsync(4, 9));
        Assert.Empty(await ListAsync(2, 2));
    }

    [Fact]
    public async Task A_newer_reading_takes_the_place_of_everything_in_its_range()
    {
        await ReplaceAsync(0, 4, 0, Bin(0), Bin(1), Bin(1, "other"), Bin(2), Bin(3));

        DistributionReplacement replaced = await ReplaceAsync(1, 3, 1, Bin(1) with { Requests = 7 });

        Assert.Equal(Keys([Bin(1), Bin(1, "other"), Bin(2)]), Keys(replaced.Removed));
        Assert.Equal(Keys([Bin(1)]), Keys(replaced.Stored));
        Assert.Equal([(Noon, 1), (At(1), 7), (At(3), 1)], (await ListAsync(0, 4)).Select(bin => (bin.Start, bin.Requests)));
    }

    [Fact]
    public async Task The_same_reading_again_changes_nothing()
    {
        DistributionBin[] bins = [Bin(0), Bin(1), Bin(1, "other")];
        await ReplaceAsync(0, 2, 0, bins);

        DistributionReplacement replaced = await ReplaceAsync(0, 2, 0, bins);

        Assert.Equal(Keys(replaced.Removed), Keys(replaced.Stored));
        Assert.Equal(Keys(bins), Keys(await ListAsync(0, 2)));
    }

    [Fact]
    public async Task An_older_reading_stays_out_of_the_bins_that_a_newer_one_has_read()
    {
        await ReplaceAsync(1, 3, 5, Bin(1) with { Requests = 7 });

        DistributionReplacement replaced = await ReplaceAsync(0, 4, 4, Bin(0), Bin(1), Bin(2), Bin(3));

        // Bin 2 was found empty by the newer one, and stays so.
        Assert.Empty(replaced.Removed);
        Assert.Equal(Keys([Bin(0), Bin(3)]), Keys(replaced.Stored));
        Assert.Equal([(Noon, 1), (At(1), 7), (At(3), 1)], (await ListAsync(0, 4)).Select(bin => (bin.Start, bin.Requests)));
    }

    [Fact]
    public async Task Readings_at_once_leave_what_the_newest_has_read()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => ReplaceAsync(0, 3, i, Bin(i % 3) with { Requests = i }))));

        // The 40th of these read bin 1 and found the others empty.
        DistributionBin bin = Assert.Single(await ListAsync(0, 3));
        Assert.Equal((At(1), 40), (bin.Start, bin.Requests));
    }

    [Fact]
    public async Task A_range_or_a_bin_off_the_boundaries_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Distribution.ReplaceAsync(Noon.AddSeconds(1), At(1), Noon, [], Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Distribution.ReplaceAsync(Noon, At(1).AddTicks(1), Noon, [], Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => ReplaceAsync(0, 1, 0, Bin(1)));
        await Assert.ThrowsAsync<ArgumentException>(() => ReplaceAsync(1, 2, 0, Bin(0)));
        await Assert.ThrowsAsync<ArgumentException>(() => ReplaceAsync(0, 1, 0, Bin(0) with { Start = Noon.AddMinutes(1) }));
        Assert.Empty(await ListAsync(-10, 10));
    }

    [Fact]
    public async Task A_refused_replacement_leaves_the_bins_as_they_were()
    {
        await ReplaceAsync(0, 1, 0, Bin(0));

        await Assert.ThrowsAnyAsync<Exception>(() => ReplaceAsync(0, 1, 1, Bin(0) with { Requests = 2 }, Bin(0) with { Requests = 3 }));

        Assert.Equal(1, Assert.Single(await ListAsync(0, 1)).Requests);
    }

    [Fact]
    public async Task The_watermark_never_goes_back()
    {
        Assert.Null(await Distribution.GetWatermarkAsync(Ct));

        await Distribution.AdvanceWatermarkAsync(Noon.AddSeconds(7.5), Ct);
        Assert.Equal(Noon.AddSeconds(7.5), await Distribution.GetWatermarkAsync(Ct));

        await Distribution.AdvanceWatermarkAsync(Noon, Ct);
        Assert.Equal(Noon.AddSeconds(7.5), await Distribution.GetWatermarkAsync(Ct));

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => Distribution.AdvanceWatermarkAsync(Noon.AddMinutes(i * 8 % 21), Ct))));
        Assert.Equal(Noon.AddMinutes(20), await Distribution.GetWatermarkAsync(Ct));
    }

    [Fact]
    public async Task Old_bins_are_purged_and_may_be_read_again()
    {
        await ReplaceAsync(0, 3, 5, Bin(0), Bin(1), Bin(1, "other"), Bin(2));

        Assert.Equal(3, await Distribution.PurgeAsync(At(2), Ct));
        Assert.Equal(0, await Distribution.PurgeAsync(At(2), Ct));
        Assert.Equal(Keys([Bin(2)]), Keys(await ListAsync(0, 3)));

        await ReplaceAsync(0, 1, 4, Bin(0));
        Assert.Equal(Keys([Bin(0), Bin(2)]), Keys(await ListAsync(0, 3)));
    }

    [Fact]
    public async Task Days_of_bins_are_stored_and_listed()
    {
        // More hours than one page of an answer has in Cosmos DB, on six days, which are partitions there.
        const int Hours = 110;
        DistributionBin[] bins = [.. Enumerable.Range(0, Hours).SelectMany(hour => new[] { Bin(hour * 60, "a"), Bin(hour * 60, "b"), Bin((hour * 60) + 59, "b") })];
        await ReplaceAsync(0, Hours * 60, 0, bins);

        Assert.Equal(Keys(bins), Keys(await ListAsync(0, Hours * 60)));
    }

    private static DateTimeOffset At(int bin) => Noon + (bin * IDistributionStore.BinSize);

    private static DistributionBin Bin(int bin, string backend = "one", string deployment = "chat") => new()
    {
        Start = At(bin),
        Backend = backend,
        Deployment = deployment,
        Requests = 1,
        TokensByFunction = new Dictionary<string, long> { ["Chat"] = 1 },
    };

    private static IEnumerable<(DateTimeOffset Start, string Backend, string Deployment)> Keys(IEnumerable<DistributionBin> bins) =>
        bins.Select(bin => (bin.Start, bin.Backend, bin.Deployment));

    private Task<IReadOnlyList<DistributionBin>> ListAsync(int from, int to) => Distribution.ListAsync(At(from), At(to), Ct);

    private Task<DistributionReplacement> ReplaceAsync(int from, int to, int asOfSeconds, params DistributionBin[] bins) =>
        Distribution.ReplaceAsync(At(from), At(to), Noon.AddSeconds(asOfSeconds), bins, Ct);
}
