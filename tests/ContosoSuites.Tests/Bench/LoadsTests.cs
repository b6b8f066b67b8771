using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Soak;
using Xunit;

namespace ContosoSuites.Tests.Bench;

/// <summary>The arithmetic behind the figures, and that no failed call is counted as a fast one.</summary>
public sealed class LoadsTests
{
    [Theory]
    [InlineData(0.50, 51)]
    [InlineData(0.99, 100)]
    [InlineData(1.00, 100)]
    public void Percentiles_are_by_rank(double fraction, double expected) =>
        Assert.Equal(expected, Percentiles.Of(Enumerable.Range(1, 100).Reverse().Select(i => (double)i), fraction));

    [Fact]
    public void What_slows_both_for_a_while_is_not_in_the_difference()
    {
        var mine = new Load(1, 0, 0, 0, [1.2, 9.2, 1.2]);
        var other = new Load(1, 0, 0, 0, [1.0, 9.0, 1.0]);

        Assert.Equal(0.2, mine.P50Above(other), 3);
    }

    [Fact]
    public void A_soak_is_judged_by_its_last_two_thirds()
    {
        var result = new SoakResult(0, 0, null, 0, [.. Enumerable.Range(0, 6).Select(i => new SoakSample(0, 0, Handles: i * i))]);

        Assert.Equal((6.5, 20.5), result.Thirds(sample => sample.Handles));
    }

    [Fact]
    public async Task A_call_that_fails_ends_a_closed_load() =>
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            LoadGenerator.RunAsync(() => throw new HttpRequestException("500"), 2, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)));

    [Fact]
    public async Task A_call_that_fails_ends_a_constant_load() =>
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            ConstantLoad.RunAsync(_ => throw new HttpRequestException("500"), 1000, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_constant_load_does_not_wait_for_answers()
    {
        var never = new TaskCompletionSource();
        using var end = new CancellationTokenSource();

        Task<int> load = ConstantLoad.RunAsync(
            number =>
            {
                if (number == 99)
                {
                    end.Cancel();
                    never.SetResult();
                }

                return never.Task;
            },
            1000,
            end.Token);

        Assert.InRange(await load, 100, int.MaxValue);
    }
}
