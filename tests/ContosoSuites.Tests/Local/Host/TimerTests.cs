using System.Collections.Concurrent;
using System.Threading.Channels;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public async Task A_timer_runs_at_each_occurrence_and_is_told_of_the_last_and_the_next()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(EveryMinute));

        app.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(app.Runs.TryRead(out _));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        TimerInfo first = await app.NextRunAsync();
        await app.Time.WaitingAgainAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        TimerInfo second = await app.NextRunAsync();

        Assert.False(first.IsPastDue);
        Assert.Equal((default, At("12:01:00"), default), Status(first));
        Assert.False(second.IsPastDue);
        Assert.Equal((At("12:01:00"), At("12:02:00"), At("12:01:00")), Status(second));
    }

    [Fact]
    public async Task A_schedule_can_be_a_setting()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(BySetting), new() { ["Tick:Schedule"] = "15 0 13 * * *" });

        Assert.Equal([new TimerFunctionDescriptor("Tick", "15 0 13 * * *")], app.Host.Functions);
        app.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(16));
        Assert.False(app.Runs.TryRead(out _));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.NextRunAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task A_schedule_whose_setting_is_missing_stops_the_start(string? value)
    {
        FunctionsHostException problem = await new TestApp { Settings = new() { ["Tick:Schedule"] = value } }.FailToStartAsync(typeof(BySetting));

        Assert.Contains("'Tick:Schedule'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'Tick'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* * *")]
    [InlineData("61 * * * * *")]
    [InlineData("soon")]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    public async Task A_schedule_that_means_nothing_stops_the_start(string schedule)
    {
        FunctionsHostException problem = await new TestApp { Settings = new() { ["Tick:Schedule"] = schedule } }.FailToStartAsync(typeof(BySetting));

        Assert.Contains($"'{schedule}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'Tick'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 */5 * * * *", "12:05:00")]
    [InlineData("*/5 * * * *", "12:05:00")]
    [InlineData("45 0 12 * * *", "12:00:45")]
    [InlineData("00:10:00", "12:10:30")]
    [InlineData("0.00:00:01.500", "12:00:31.5")]
    public void A_schedule_has_a_next_occurrence(string schedule, string next) =>
        Assert.Equal(At(next), TimerSchedule.Parse(schedule, "Tick").Next(Start.UtcDateTime));

    [Fact]
    public async Task A_wait_of_months_is_no_trouble()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(BySetting), new() { ["Tick:Schedule"] = "0 0 0 1 9 *" });

        for (DateTimeOffset target = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero); app.Time.GetUtcNow() < target;)
        {
            Assert.False(app.Runs.TryRead(out _));
            TimeSpan left = target - app.Time.GetUtcNow();
            app.Time.Advance(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1));
            if (app.Time.GetUtcNow() < target)
            {
                await app.Time.WaitingAgainAsync();
            }
        }

        await app.NextRunAsync();
    }

    [Fact]
    public async Task A_monitored_timer_that_overran_occurrences_makes_up_for_them_once()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(EveryMinuteHeld));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await app.NextRunAsync();

        app.Time.Advance(TimeSpan.FromMinutes(3.5));
        Assert.False(app.Runs.TryRead(out _));
        app.Held.Release(2);
        TimerInfo late = await app.NextRunAsync();
        await app.Time.WaitingAgainAsync();

        Assert.True(late.IsPastDue);
        Assert.False(app.Runs.TryRead(out _));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        app.Held.Release();
        Assert.False((await app.NextRunAsync()).IsPastDue);
    }

    [Fact]
    public async Task A_timer_without_a_monitor_waits_for_its_next_occurrence()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(EveryMinuteHeldUnmonitored));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null((await app.NextRunAsync()).ScheduleStatus);

        app.Time.Advance(TimeSpan.FromMinutes(3.5));
        app.Held.Release();
        await app.Time.WaitingAgainAsync();

        Assert.False(app.Runs.TryRead(out _));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        app.Held.Release();
        Assert.False((await app.NextRunAsync()).IsPastDue);
    }

    [Fact]
    public async Task Runs_on_request_are_one_at_a_time_and_none_is_lost()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(EveryMinuteHeld));
        for (int i = 0; i < 3; i++)
        {
            await app.FireAsync("EveryMinuteHeld");
        }

        await app.NextRunAsync();
        Assert.False(app.Runs.TryRead(out _));
        app.Held.Release();
        await app.NextRunAsync();
        app.Held.Release();
        await app.NextRunAsync();
        app.Held.Release();
        Assert.Equal(1, app.Held.MostAtOnce);
    }

    [Fact]
    public async Task A_timer_can_run_on_startup()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(OnStartup));

        Assert.False((await app.NextRunAsync()).IsPastDue);
        await app.Time.WaitingAgainAsync(waits: 1);
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await app.NextRunAsync();
    }

    [Fact]
    public async Task An_exception_is_logged_and_the_schedule_goes_on()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(Failing));

        app.Time.Advance(TimeSpan.FromSeconds(30));
        await app.NextRunAsync();
        await app.Time.WaitingAgainAsync();
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.NextRunAsync();
        await app.Time.WaitingAgainAsync(waits: 3);

        Assert.Equal(2, app.Logs.Problems.Count());
        Assert.All(app.Logs.Problems, entry =>
        {
            Assert.Equal("Function.Failing", entry.Category);
            Assert.Equal("out of soap", entry.Exception!.Message);
        });
    }

    [Fact]
    public async Task A_stop_cancels_a_run()
    {
        TimerApp app = await TimerApp.StartAsync(typeof(EveryMinuteHeld));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await app.NextRunAsync();

        await Wait.For(app.DisposeAsync().AsTask());

        Assert.True(app.Held.Cancelled);
        Assert.Empty(app.Logs.Problems);
    }

    [Fact]
    public async Task A_run_that_ignores_the_stop_is_left_behind_with_a_warning()
    {
        TimerApp app = await TimerApp.StartAsync(typeof(Deaf), shutdownTimeout: TimeSpan.FromMilliseconds(50));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await app.NextRunAsync();

        await Wait.For(app.DisposeAsync().AsTask());

        Assert.Contains("Deaf", Assert.Single(app.Logs.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_run_has_a_scope_of_its_own()
    {
        await using TimerApp app = await TimerApp.StartAsync(typeof(Scoped));

        await app.FireAsync("Scoped");
        await app.NextRunAsync();
        await app.FireAsync("Scoped");
        await app.NextRunAsync();

        Assert.Equal(2, app.Host.Services.GetRequiredService<ConcurrentBag<Scoped.Own>>().Distinct().Count());
    }

    private static DateTime At(string time) => Start.UtcDateTime.Date + TimeSpan.Parse(time, null);

    private static (DateTime Last, DateTime Next, DateTime Updated) Status(TimerInfo info) =>
        (info.ScheduleStatus!.Last, info.ScheduleStatus.Next, info.ScheduleStatus.LastUpdated);

    /// <summary>A host with one timer function, a clock in the test's hands, and the runs the function reports.</summary>
    private sealed class TimerApp : IAsyncDisposable
    {
        private readonly Channel<TimerInfo> _runs = Channel.CreateUnbounded<TimerInfo>();
        private readonly HttpClient _client = new();

        public SignallingTimeProvider Time { get; } = new(Start);

        public Hold Held { get; } = new();

        public FunctionsHost Host { get; private set; } = null!;

        public RecordingLogger Logs { get; private set; } = null!;

        public ChannelReader<TimerInfo> Runs => _runs.Reader;

        public static async Task<TimerApp> StartAsync(Type functions, Dictionary<string, string?>? settings = null, TimeSpan? shutdownTimeout = null)
        {
            var app = new TimerApp();
            var host = new TestApp
            {
                Settings = settings ?? [],
                TimeProvider = app.Time,
                ShutdownTimeout = shutdownTimeout ?? TimeSpan.FromSeconds(10),
                Configure = builder => builder.Services
                    .AddSingleton(app._runs.Writer)
                    .AddSingleton(app.Held)
                    .AddSingleton(new ConcurrentBag<Scoped.Own>())
                    .AddScoped<Scoped.Own>(),
            };
            app.Logs = host.Logs;
            app.Host = await host.StartAsync(functions);
            return app;
        }

        public Task<TimerInfo> NextRunAsync() => Wait.For(Runs.ReadAsync(TestContext.Current.CancellationToken).AsTask());

        public async Task FireAsync(string function)
        {
            using HttpResponseMessage response = await _client.PostAsync(
                new Uri(Host.Endpoint, "admin/functions/" + function), null, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _client.Dispose();
        }
    }

    /// <summary>Holds a run until the test releases it.</summary>
    public sealed class Hold
    {
        private readonly Channel<bool> _released = Channel.CreateUnbounded<bool>();
        private int _inside;

        public int MostAtOnce { get; private set; }

        public bool Cancelled { get; private set; }

        public void Release(int count = 1)
        {
            for (int i = 0; i < count; i++)
            {
                _released.Writer.TryWrite(true);
            }
        }

        public async Task EnterAsync(CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            try
            {
                await _released.Reader.ReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Cancelled = true;
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }
    }

    public sealed class EveryMinute(ChannelWriter<TimerInfo> runs)
    {
        [Function("EveryMinute")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => runs.TryWrite(timer);
    }

    public sealed class BySetting(ChannelWriter<TimerInfo> runs)
    {
        [Function("Tick")]
        public async Task Run([TimerTrigger("%Tick:Schedule%")] TimerInfo timer) => await runs.WriteAsync(timer);
    }

    public sealed class EveryMinuteHeld(ChannelWriter<TimerInfo> runs, Hold hold)
    {
        [Function("EveryMinuteHeld")]
        public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            runs.TryWrite(timer);
            await hold.EnterAsync(cancellationToken);
        }
    }

    public sealed class EveryMinuteHeldUnmonitored(ChannelWriter<TimerInfo> runs, Hold hold)
    {
        [Function("EveryMinuteHeld")]
        public async ValueTask Run([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
        {
            runs.TryWrite(timer);
            await hold.EnterAsync(cancellationToken);
        }
    }

    public sealed class OnStartup(ChannelWriter<TimerInfo> runs)
    {
        [Function("OnStartup")]
        public void Run([TimerTrigger("0 * * * * *", RunOnStartup = true)] TimerInfo timer) => runs.TryWrite(timer);
    }

    public sealed class Failing(ChannelWriter<TimerInfo> runs)
    {
        [Function("Failing")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            runs.TryWrite(timer);
            throw new InvalidOperationException("out of soap");
        }
    }

    public sealed class Deaf(ChannelWriter<TimerInfo> runs)
    {
        [Function("Deaf")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            runs.TryWrite(timer);
            return new TaskCompletionSource().Task;
        }
    }

    public sealed class Scoped(ChannelWriter<TimerInfo> runs, ConcurrentBag<Scoped.Own> seen, Scoped.Own own)
    {
        [Function("Scoped")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            seen.Add(own);
            runs.TryWrite(timer);
        }

        public sealed class Own;
    }
}
