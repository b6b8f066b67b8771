using System.Globalization;
using ContosoSuites.Local.Gateway.Tokens;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Tokens;

public sealed class TokenCountersTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.Zero));
    private readonly TokenCounters _counters;

    public TokenCountersTests() => _counters = new TokenCounters(_time);

    [Fact]
    public void A_minute_begins_with_the_first_tokens()
    {
        _time.Advance(TimeSpan.FromSeconds(20));
        _counters.Add("a", TokenPeriod.Minute, 10);
        _time.Advance(TimeSpan.FromSeconds(59.5));
        _counters.Add("a", TokenPeriod.Minute, 5);

        Assert.Equal(15, _counters.Read("a", TokenPeriod.Minute).Used);
        Assert.Equal(1, _counters.Read("a", TokenPeriod.Minute).LeftSeconds);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(0, _counters.Read("a", TokenPeriod.Minute).Used);
    }

    [Theory]
    [InlineData(TokenPeriod.Hourly, "2026-03-01T13:00:00Z")]
    [InlineData(TokenPeriod.Daily, "2026-03-02T00:00:00Z")]
    [InlineData(TokenPeriod.Weekly, "2026-03-02T00:00:00Z")]
    [InlineData(TokenPeriod.Monthly, "2026-04-01T00:00:00Z")]
    [InlineData(TokenPeriod.Yearly, "2027-01-01T00:00:00Z")]
    internal void A_quota_lasts_until_the_next_unit_of_the_clock(TokenPeriod period, string end)
    {
        var left = DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) - _time.GetUtcNow();
        _counters.Add("a", period, 10);

        Assert.Equal(new TokenCount(10, left), _counters.Read("a", period));
        Assert.Equal(new TokenCount(0, left), _counters.Read("b", period));

        _time.Advance(left);
        Assert.Equal(0, _counters.Read("a", period).Used);
    }

    [Fact]
    public void Keys_and_periods_are_counted_apart()
    {
        _counters.Add("a", TokenPeriod.Minute, 1);
        _counters.Add("b", TokenPeriod.Minute, 2);
        _counters.Add("a", TokenPeriod.Daily, 4);

        Assert.Equal(1, _counters.Read("a", TokenPeriod.Minute).Used);
        Assert.Equal(2, _counters.Read("b", TokenPeriod.Minute).Used);
        Assert.Equal(4, _counters.Read("a", TokenPeriod.Daily).Used);
    }

    [Fact]
    public void Nothing_is_lost_when_many_count_at_once()
    {
        Parallel.For(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => _counters.Add("a", TokenPeriod.Minute, 3));

        Assert.Equal(30_000, _counters.Read("a", TokenPeriod.Minute).Used);
    }

    [Fact]
    public void Periods_that_are_over_do_not_stay_in_memory()
    {
        for (var round = 0; round < 20; round++)
        {
            for (var key = 0; key < 500; key++)
            {
                _counters.Add($"{round} {key}", TokenPeriod.Minute, 1);
            }

            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_counters.Count, 1, 1500);
    }

    [Fact]
    public void An_overshot_limit_leaves_nothing()
    {
        _counters.Add("a", TokenPeriod.Minute, 150);

        Assert.Equal(50, _counters.Read("a", TokenPeriod.Minute).Remaining(200));
        Assert.Equal(0, _counters.Read("a", TokenPeriod.Minute).Remaining(100));
    }
}
