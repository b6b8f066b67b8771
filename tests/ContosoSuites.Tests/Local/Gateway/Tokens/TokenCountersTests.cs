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
        _counters.Add("a", 10);
        _time.Advance(TimeSpan.FromSeconds(59.5));
        _counters.Add("a", 5);

        Assert.Equal(15, _counters.Read("a").Used);
        Assert.Equal(1, _counters.Read("a").LeftSeconds);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(0, _counters.Read("a").Used);
    }

    [Fact]
    public void Keys_are_counted_apart()
    {
        _counters.Add("a", 1);
        _counters.Add("b", 2);

        Assert.Equal(1, _counters.Read("a").Used);
        Assert.Equal(2, _counters.Read("b").Used);
    }

    [Fact]
    public void Nothing_is_lost_when_many_count_at_once()
    {
        Parallel.For(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => _counters.Add("a", 3));

        Assert.Equal(30_000, _counters.Read("a").Used);
    }

    [Fact]
    public void An_overshot_limit_leaves_nothing()
    {
        _counters.Add("a", 150);

        Assert.Equal(50, _counters.Read("a").Remaining(200));
        Assert.Equal(0, _counters.Read("a").Remaining(100));
    }
}
