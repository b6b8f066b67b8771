using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Functions.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>Which windows are read, and what happens to them.</summary>
public sealed class DistributionCollectorTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _files = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteDistributionStore _store;
    private readonly FakeTimeProvider _clock = new(Bins.Noon.AddSeconds(100));
    private readonly MetricSums _sums = new();
    private readonly ScriptedLog _log = new();

    public DistributionCollectorTests()
    {
        _database = _files.Open();
        _store = new SqliteDistributionStore(_database);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_looks_back_as_far_as_the_setting_says()
    {
        CollectionOutcome outcome = await CollectAsync(new DistributionSettings { FirstRunHours = 3 });

        Assert.Equal([(Bins.Noon.AddHours(-3), Bins.At(1))], _log.Windows);
        Assert.Equal((Bins.Noon.AddHours(-3), Bins.At(1)), (outcome.From, outcome.To));
        Assert.Equal(_clock.GetUtcNow(), await _store.GetWatermarkAsync(Ct));
    }

    [Fact]
    public async Task Later_runs_begin_where_a_late_row_can_still_be()
    {
        await CollectAsync();
        _log.Windows.Clear();
        _clock.Advance(TimeSpan.FromMinutes(7));

        await CollectAsync();

        // 12:01:40 less 30 minutes lies in the bin of 11:30; 12:08:40 in that of 12:05.
        Assert.Equal([(Bins.At(-6), Bins.At(2))], _log.Windows);
    }

    [Fact]
    public async Task What_is_too_much_for_one_answer_is_read_in_halves()
    {
        _log.IsPartial = (from, to) => to - from > TimeSpan.FromMinutes(15);

        await CollectAsync(new DistributionSettings { FirstRunHours = 1 });

        // 65 minutes: each window that is not partial is stored, and they are without a gap.
        List<(DateTimeOffset From, DateTimeOffset To)> whole = [.. _log.Windows.Where(window => !_log.IsPartial(window.From, window.To))];
        Assert.Equal((Bins.At(-12), Bins.At(1)), (whole[0].From, whole[^1].To));
        Every.One(whole.Zip(whole.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(_clock.GetUtcNow(), await _store.GetWatermarkAsync(Ct));
    }

    [Fact]
    public async Task A_partial_answer_for_a_single_bin_leaves_the_window_due()
    {
        await CollectAsync();
        DateTimeOffset? watermark = await _store.GetWatermarkAsync(Ct);
        await _store.ReplaceAsync(Bins.At(-1), Bins.At(0), _clock.GetUtcNow(), [Bins.Bin(-1, "openai-primary", 7)], Ct);
        _clock.Advance(TimeSpan.FromMinutes(5));
        _log.Windows.Clear();
        _log.IsPartial = (from, to) => from <= Bins.At(-1) && to > Bins.At(-1);

        LogQueryException e = await Assert.ThrowsAsync<LogQueryException>(() => CollectAsync());

        Assert.Contains("2027-03-01 11:55 to 12:00 UTC", e.Message, StringComparison.Ordinal);
        Assert.Contains("too many", e.Message, StringComparison.Ordinal);
        Assert.Contains("backend-distribution.kql", e.Message, StringComparison.Ordinal);
        Assert.Equal(watermark, await _store.GetWatermarkAsync(Ct));
        Assert.Equal(7, Assert.Single(await _store.ListAsync(Bins.At(-1), Bins.At(0), Ct)).Requests);

        // It is asked for again, and then it is there.
        _log.IsPartial = (_, _) => false;
        await CollectAsync();
        Assert.Equal(_clock.GetUtcNow(), await _store.GetWatermarkAsync(Ct));
        Assert.Empty(await _store.ListAsync(Bins.At(-1), Bins.At(0), Ct));
    }

    [Fact]
    public async Task A_long_absence_is_made_up_for_day_by_day()
    {
        await CollectAsync();
        _log.Windows.Clear();
        _clock.Advance(TimeSpan.FromDays(3));
        _log.Fails = (from, _) => from >= Bins.At(-4).AddDays(2);

        await Assert.ThrowsAsync<LogQueryException>(() => CollectAsync());
        Assert.Equal(Bins.At(-4).AddDays(2), await _store.GetWatermarkAsync(Ct));

        _log.Fails = (_, _) => false;
        _log.Windows.Clear();
        await CollectAsync();
        Assert.Equal([(Bins.At(-10).AddDays(2), Bins.At(-9).AddDays(3)), (Bins.At(-9).AddDays(3), Bins.At(1).AddDays(3))], _log.Windows);
    }

    [Fact]
    public async Task What_is_past_the_retention_is_removed_and_not_read_again()
    {
        await _store.ReplaceAsync(Bins.At(0), Bins.At(2), Bins.Noon, [Bins.Bin(0, "openai-primary", 1), Bins.Bin(1, "openai-primary", 1)], Ct);
        await _store.AdvanceWatermarkAsync(Bins.Noon, Ct);
        _log.Bins = (from, to) => from <= Bins.At(1) && to > Bins.At(1) ? [Bins.Bin(1, "openai-primary", 2)] : [];
        _clock.SetUtcNow(Bins.At(1).AddDays(2));

        await CollectAsync(new DistributionSettings { RetentionDays = 2 });

        Assert.Equal(Bins.At(1), _log.Windows[0].From);
        Assert.Equal(2, Assert.Single(await _store.ListAsync(Bins.At(0), Bins.At(3), Ct)).Requests);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_no_harm()
    {
        await _store.AdvanceWatermarkAsync(Bins.Noon.AddHours(5), Ct);

        CollectionOutcome outcome = await CollectAsync();

        Assert.Equal(0, outcome.Bins);
        Assert.Empty(_log.Windows);
        Assert.Equal(Bins.Noon.AddHours(5), await _store.GetWatermarkAsync(Ct));
    }

    [Fact]
    public async Task Metrics_count_what_is_new_and_take_back_what_was_wrong()
    {
        _log.Bins = (_, _) => [Bins.Bin(0, "openai-primary", 10) with { Successes = 8, Throttled = 3, Retries = 2 }];
        await CollectAsync();
        await CollectAsync();
        _log.Bins = (_, _) => [Bins.Bin(0, "openai-primary", 9) with { Successes = 9, Throttled = 4 }, Bins.Bin(0, "openai-secondary", 5)];
        await CollectAsync();

        Assert.Equal(9, _sums.Sums["contoso.backend.requests backend=openai-primary deployment=chat outcome=success"]);
        Assert.Equal(0, _sums.Sums["contoso.backend.requests backend=openai-primary deployment=chat outcome=failure"]);
        Assert.Equal(5, _sums.Sums["contoso.backend.requests backend=openai-secondary deployment=chat outcome=success"]);
        Assert.Equal(4, _sums.Sums["contoso.backend.failed_attempts backend=openai-primary deployment=chat reason=throttled"]);
        Assert.Equal(0, _sums.Sums["contoso.backend.retries backend=openai-primary deployment=chat"]);
        Assert.Equal(90, _sums.Sums["contoso.backend.tokens backend=openai-primary deployment=chat type=prompt"]);
        Assert.Equal(154, _sums.Sums["contoso.function.tokens function=Chat"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task How_late_a_row_may_be_is_a_setting(int minutes)
    {
        await CollectAsync(new DistributionSettings { LatenessMinutes = minutes });
        _log.Windows.Clear();
        _clock.Advance(TimeSpan.FromMinutes(7));

        await CollectAsync(new DistributionSettings { LatenessMinutes = minutes });

        // 12:01:40 less nothing is in the bin of 12:00, and less 11 minutes in that of 11:50.
        Assert.Equal([(Bins.At(minutes == 0 ? 0 : -2), Bins.At(2))], _log.Windows);
    }

    /// <summary>What is not stored stays due, whatever fails; what is stored does not become due again because something fails after it.</summary>
    [Theory]
    [InlineData(nameof(IDistributionStore.ReplaceAsync), false)]
    [InlineData(nameof(IDistributionStore.PurgeAsync), true)]
    public async Task The_watermark_moves_when_what_is_before_it_is_stored(string failing, bool moves)
    {
        DateTimeOffset before = _clock.GetUtcNow();
        await CollectAsync();
        _clock.Advance(TimeSpan.FromMinutes(7));
        IDistributionStore store = Interruption.Of<IDistributionStore>(_store, method => method == failing ? new IOException("It fails.") : null);

        await Assert.ThrowsAsync<IOException>(() => new DistributionCollector(_log, store, _sums.Metrics, new DistributionSettings(), _clock).CollectAsync(Ct));

        Assert.Equal(moves ? _clock.GetUtcNow() : before, await _store.GetWatermarkAsync(Ct));
    }

    [Fact]
    public void Each_instrument_has_its_unit()
    {
        Assert.Equal(
            [
                "contoso.backend.duration.average Gauge`1 ms",
                "contoso.backend.duration.p95 Gauge`1 ms",
                "contoso.backend.expected_share Gauge`1 1",
                "contoso.backend.failed_attempts UpDownCounter`1 {attempt}",
                "contoso.backend.requests UpDownCounter`1 {request}",
                "contoso.backend.retries UpDownCounter`1 {attempt}",
                "contoso.backend.share Gauge`1 1",
                "contoso.backend.tokens UpDownCounter`1 {token}",
                "contoso.function.tokens UpDownCounter`1 {token}",
            ],
            _sums.Instruments.Select(instrument => $"{instrument.Name} {instrument.GetType().Name} {instrument.Unit}").Order(StringComparer.Ordinal));
        Every.One(_sums.Instruments, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_figure_of_a_bin_is_counted_under_its_own_tags()
    {
        _sums.Metrics.Count(new DistributionReplacement([], [Bins.Bin(0, "one", 100) with
        {
            Successes = 83, Throttled = 3, ClientErrors = 5, ServerErrors = 7, Unanswered = 11, Retries = 13, PromptTokens = 17, CompletionTokens = 19,
            TokensByFunction = new Dictionary<string, long> { ["Chat"] = 23, ["Vectorize"] = 29 },
        }]));

        Assert.Equal(
            [
                "contoso.backend.failed_attempts backend=one deployment=chat reason=client_error 5",
                "contoso.backend.failed_attempts backend=one deployment=chat reason=server_error 7",
                "contoso.backend.failed_attempts backend=one deployment=chat reason=throttled 3",
                "contoso.backend.failed_attempts backend=one deployment=chat reason=unanswered 11",
                "contoso.backend.requests backend=one deployment=chat outcome=failure 17",
                "contoso.backend.requests backend=one deployment=chat outcome=success 83",
                "contoso.backend.retries backend=one deployment=chat 13",
                "contoso.backend.tokens backend=one deployment=chat type=completion 19",
                "contoso.backend.tokens backend=one deployment=chat type=prompt 17",
                "contoso.function.tokens function=Chat 23",
                "contoso.function.tokens function=Vectorize 29",
            ],
            _sums.Sums.Select(sum => $"{sum.Key} {sum.Value}").Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        _sums.Dispose();
        await _database.DisposeAsync();
        _files.Dispose();
    }

    private Task<CollectionOutcome> CollectAsync(DistributionSettings? settings = null) =>
        new DistributionCollector(_log, _store, _sums.Metrics, settings ?? new DistributionSettings(), _clock).CollectAsync(Ct);

    private sealed class ScriptedLog : IDistributionLog
    {
        public List<(DateTimeOffset From, DateTimeOffset To)> Windows { get; } = [];

        public Func<DateTimeOffset, DateTimeOffset, bool> IsPartial { get; set; } = (_, _) => false;

        public Func<DateTimeOffset, DateTimeOffset, bool> Fails { get; set; } = (_, _) => false;

        public Func<DateTimeOffset, DateTimeOffset, IReadOnlyList<DistributionBin>> Bins { get; set; } = (_, _) => [];

        public Task<DistributionReading> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            Windows.Add((from, to));
            return Fails(from, to)
                ? throw new LogQueryException("It fails.")
                : Task.FromResult(new DistributionReading(Bins(from, to), IsPartial(from, to) ? "too many" : null));
        }
    }
}
