using ContosoSuites.Local.Models;
using Xunit;

namespace ContosoSuites.Tests.Local.Models;

public sealed class ModelCountersTests
{
    [Fact]
    public async Task Waiting_misses_no_change_however_many_happen_at_once()
    {
        var counters = new ModelCounters();
        Task<ModelCountersSnapshot>[] waiting =
            [.. Enumerable.Range(1, 20).Select(step => counters.WaitForAsync(now => now.Count() >= step * 500, ModelHarness.Cancelled))];

        await Parallel.ForAsync(0, 10_000, ModelHarness.Cancelled, (index, _) =>
        {
            counters.Answered(ModelOperation.ChatCompletions, index % 2 == 0 ? 200 : 429);
            return ValueTask.CompletedTask;
        });

        await Task.WhenAll(waiting);
        Assert.Equal(5_000, counters.Snapshot().Count(status: 429));
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        var counters = new ModelCounters();
        using var cancel = new CancellationTokenSource();
        Task waiting = counters.WaitForAsync(now => now.Disconnects > 0, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
