using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Backends;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_opens_for_the_trip_duration_and_closes_by_itself()
    {
        var breaker = new CircuitBreaker(Pools.Rule(), _time);
        Assert.False(breaker.IsOpen);

        breaker.Observe(500, null);

        Assert.True(breaker.IsOpen);
        _time.Advance(TimeSpan.FromSeconds(29.999));
        Assert.True(breaker.IsOpen);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.False(breaker.IsOpen);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(428)]
    [InlineData(430)]
    [InlineData(600)]
    public void Codes_outside_of_the_ranges_do_not_count(int status)
    {
        var breaker = new CircuitBreaker(Pools.Rule(), _time);

        breaker.Observe(status, TimeSpan.FromSeconds(5));

        Assert.False(breaker.IsOpen);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 30)]
    public void Retry_After_decides_where_the_rule_accepts_it(bool accepted, int seconds)
    {
        var breaker = new CircuitBreaker(Pools.Rule(acceptRetryAfter: accepted), _time);

        breaker.Observe(429, TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(seconds - 0.001));
        Assert.True(breaker.IsOpen);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public void Failures_count_within_a_sliding_interval()
    {
        var breaker = new CircuitBreaker(Pools.Rule(failureCount: 3), _time);
        breaker.Observe(500, null);
        _time.Advance(TimeSpan.FromSeconds(6));
        breaker.Observe(500, null);
        _time.Advance(TimeSpan.FromSeconds(4));

        // The first is ten seconds old by now and no longer counts.
        breaker.Observe(500, null);
        Assert.False(breaker.IsOpen);

        _time.Advance(TimeSpan.FromSeconds(5));
        breaker.Observe(500, null);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void After_it_has_closed_it_takes_the_full_count_again()
    {
        var breaker = new CircuitBreaker(Pools.Rule(failureCount: 2), _time);
        breaker.Observe(500, null);
        breaker.Observe(500, TimeSpan.FromSeconds(1));
        Assert.True(breaker.IsOpen);
        _time.Advance(TimeSpan.FromSeconds(1));

        breaker.Observe(500, null);

        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public void A_late_failure_can_only_make_it_stay_open_for_longer()
    {
        var breaker = new CircuitBreaker(Pools.Rule(), _time);
        breaker.Observe(429, TimeSpan.FromSeconds(20));
        breaker.Observe(429, TimeSpan.FromSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.True(breaker.IsOpen);

        breaker.Observe(500, null);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.True(breaker.IsOpen);
    }
}
