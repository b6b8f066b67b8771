using System.Net;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Timers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Local.Host.Timers;

/// <summary>When timer functions run: by the clock, when asked to, and how a stop treats them.</summary>
public sealed class TimerTriggersTests
{
    private const string Collect = "CollectBackendDistribution";

    // The app has three timers, each of which waits from the start on.
    private const int WaitsAtStart = 3;
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 10, 0, 30, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_runs_at_every_occurrence_of_its_schedule_and_not_before()
    {
        var time = new SignallingTimeProvider(Start);
        var run = new Run(_ => Task.CompletedTask);
        await using TestHost host = await StartAsync(run, "0 */5 * * * *", time);

        time.Advance(TimeSpan.FromSeconds(269));
        Assert.Equal(0, run.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        await Wait.For(run.NextAsync());
        await time.WaitingAgainAsync(WaitsAtStart + 1);
        time.Advance(TimeSpan.FromMinutes(5));
        await Wait.For(run.NextAsync());

        Assert.Equal(2, run.Count);
    }

    [Fact]
    public async Task A_run_that_lasts_beyond_occurrences_is_followed_by_one()
    {
        var time = new SignallingTimeProvider(Start);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new Run(_ => goOn.Task);
        await using TestHost host = await StartAsync(run, "0 * * * * *", time);
        time.Advance(TimeSpan.FromSeconds(30));
        await Wait.For(run.NextAsync());

        time.Advance(TimeSpan.FromMinutes(3.5));
        Assert.Equal(1, run.Count);
        goOn.SetResult();
        await Wait.For(run.NextAsync());
        await time.WaitingAgainAsync(WaitsAtStart + 1);

        Assert.Equal(2, run.Count);
    }

    [Fact]
    public async Task Runs_that_are_asked_for_do_not_wait_for_each_other()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new Run(_ => goOn.Task);
        await using TestHost host = await StartAsync(run, "0 0 0 1 1 *", TimeProvider.System);

        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage response = await host.Client.PostAsync($"admin/functions/{Collect}", null, Cancellation);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await Wait.For(run.NextAsync());
        }

        Assert.Equal(2, run.Running);
        goOn.SetResult();
    }

    [Fact]
    public async Task A_run_that_fails_is_logged_and_the_schedule_goes_on()
    {
        var time = new SignallingTimeProvider(Start);
        var run = new Run(_ => Task.FromException(new InvalidOperationException("A defect.")));
        await using TestHost host = await StartAsync(run, "0 * * * * *", time);

        for (int i = 0; i < 2; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Wait.For(run.NextAsync());
            await time.WaitingAgainAsync(WaitsAtStart + 1 + i);
        }

        Assert.Equal(2, host.Logs.Problems.Count(entry => entry.Message.StartsWith($"A run of {Collect} failed: ", StringComparison.Ordinal)));
        Assert.Equal("A defect.", await host.Host.RunTimerAsync(Collect));
    }

    [Fact]
    public async Task A_stop_lets_a_run_end_and_cancels_what_takes_too_long_without_calling_it_failed()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new Run(async token =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.SetResult();
            }
        });
        await using TestHost host = await StartAsync(run, "0 0 0 1 1 *", TimeProvider.System, TimeSpan.FromMilliseconds(100));
        Task<string?> running = host.Host.RunTimerAsync(Collect);
        await Wait.For(run.NextAsync());

        await Wait.For(host.Host.DisposeAsync().AsTask());

        Assert.True(cancelled.Task.IsCompleted);
        Assert.Null(await Wait.For(running));
    }

    [Theory]
    [InlineData("%NoSuchSetting%")]
    [InlineData("%Wrong%")]
    [InlineData("every day")]
    public void A_function_without_a_usable_schedule_is_disabled_and_the_start_goes_on(string schedule)
    {
        var logs = new RecordingLogger();
        var options = new FunctionsHostOptions { Worker = TestWorker.Home(), Settings = new Dictionary<string, string?> { ["Wrong"] = "at noon" } };
        var metadata = new RpcFunctionMetadata { Name = "Nightly", FunctionId = "1" };
        metadata.RawBindings.Add($$"""{"name":"timer","type":"timerTrigger","direction":"In","schedule":"{{schedule}}"}""");
        var timers = new TimerTriggers([WorkerFunction.Read(metadata)], null!, options, logs.CreateLogger("host"), Cancellation, Cancellation);

        timers.Start();

        RecordingLogger.Entry said = Assert.Single(logs.Entries);
        Assert.Contains("Nightly is disabled", said.Message, StringComparison.Ordinal);
        Assert.Contains(schedule, said.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(Run run, string schedule, TimeProvider time, TimeSpan? shutdown = null) => TestHost.StartAsync(
        services => services.AddSingleton<ICollectionRun>(run),
        options => options with
        {
            TimeProvider = time,
            ShutdownTimeout = shutdown ?? options.ShutdownTimeout,
            Settings = new Dictionary<string, string?>(options.Settings)
            {
                ["BackendDistributionSchedule"] = schedule,
                ["EmbedPendingRequestsSchedule"] = "0 0 0 1 1 *",
                ["PurgeConversationsSchedule"] = "0 0 0 1 1 *",
            },
        });

    /// <summary>Stands for the collection: counts runs, and does what a test says.</summary>
    private sealed class Run(Func<CancellationToken, Task> work) : ICollectionRun
    {
        private readonly System.Threading.Channels.Channel<int> _begun = System.Threading.Channels.Channel.CreateUnbounded<int>();
        private int _count;
        private int _running;

        public int Count => Volatile.Read(ref _count);

        public int Running => Volatile.Read(ref _running);

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _running);
            _begun.Writer.TryWrite(Interlocked.Increment(ref _count));
            try
            {
                await work(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }

        public Task<int> NextAsync() => _begun.Reader.ReadAsync(Cancellation).AsTask();
    }
}
