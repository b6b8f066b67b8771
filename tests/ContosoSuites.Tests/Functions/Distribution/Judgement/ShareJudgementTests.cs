using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Judgement;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Judgement;

public sealed class ShareJudgementTests
{
    private static readonly ConfiguredBackend[] Halves = [new("north", "swedencentral", 1, 50), new("south", "francecentral", 1, 50)];

    private static readonly ConfiguredBackend[] WithReserve = [.. Halves, new("reserve", "uksouth", 2, 100)];

    [Fact]
    public void A_spread_as_configured_is_no_skew()
    {
        PriorityGroupReport group = Assert.Single(Judge(Halves, ("north", Served(498)), ("south", Served(502))));

        Assert.Equal((1, 1000), (group.Priority, group.Requests));
        Assert.Equal([new BackendShare("north", 498, 0.5, 0.498), new BackendShare("south", 502, 0.5, 0.502)], group.Backends);
        Assert.Empty(group.Skew);
        Assert.Null(group.Failover);
    }

    [Fact]
    public void Without_requests_there_are_no_shares_and_no_skew()
    {
        PriorityGroupReport group = Assert.Single(Judge(Halves));

        Every.One(group.Backends, share => Assert.Equal((0, 0.5, (double?)null), (share.Requests, share.ExpectedShare, share.Share)));
        Assert.Empty(group.Skew);
    }

    [Theory]
    // Chance explains it: few requests.
    [InlineData(2, 8, false)]
    [InlineData(0, 9, false)]
    [InlineData(0, 10, false)]
    [InlineData(0, 11, true)]
    // Not chance, and too little to matter.
    [InlineData(454_000, 546_000, false)]
    [InlineData(450_000, 550_000, true)]
    [InlineData(30, 70, true)]
    [InlineData(40, 60, false)]
    public void Skew_is_more_than_chance_and_at_least_five_points(long north, long south, bool isSkew) =>
        Assert.Equal(isSkew, Assert.Single(Judge(Halves, ("north", Served(north)), ("south", Served(south)))).Skew.Count == 2);

    [Fact]
    public void Weights_are_what_counts()
    {
        ConfiguredBackend[] uneven = [new("north", "swedencentral", 1, 90), new("south", "francecentral", 1, 10)];

        Assert.Empty(Assert.Single(Judge(uneven, ("north", Served(900)), ("south", Served(100)))).Skew);
        Assert.Equal(["north", "south"], Assert.Single(Judge(uneven, ("north", Served(500)), ("south", Served(500)))).Skew.Select(skew => skew.Backend));
    }

    [Theory]
    [InlineData(5, 0, 0, "throttled", "5 attempts with 429", "raise the quota")]
    [InlineData(1, 0, 0, "throttled", "1 attempt with 429", "raise the quota")]
    [InlineData(0, 3, 0, "breakerOpen", "3 attempts with a server error", "health")]
    [InlineData(0, 0, 400, "unreachable", "400 attempts got no answer", "private endpoint")]
    [InlineData(0, 0, 1, "unreachable", "1 attempt got no answer", "DNS")]
    [InlineData(0, 0, 0, "unknown", "no failure", "weights of infra/gateway/backends.json")]
    // One throttled attempt opens the breaker and moves many requests; unanswered ones move only themselves.
    [InlineData(1, 0, 30, "throttled", "1 attempt with 429", "raise the quota")]
    [InlineData(1, 2, 30, "breakerOpen", "2 attempts with a server error", "health")]
    [InlineData(1, 2, 400, "unreachable", "400 attempts got no answer", "network rules")]
    public void The_cause_is_in_the_failures_of_the_backend_that_served_too_little(
        long throttled, long serverErrors, long unanswered, string cause, string figures, string nextStep)
    {
        DistributionFigures north = Served(100) with { Throttled = throttled, ServerErrors = serverErrors, Unanswered = unanswered };

        PriorityGroupReport group = Assert.Single(Judge(Halves, ("north", north), ("south", Served(900) with { Throttled = 1 })));

        Assert.Equal(["north", "south"], group.Skew.Select(skew => skew.Backend));
        Every.One(group.Skew, skew =>
        {
            // The other one stands in for it, for the same reason.
            Assert.Equal(cause, skew.Cause);
            Assert.Contains("north (swedencentral)", skew.Explanation, StringComparison.Ordinal);
            Assert.Contains(figures, skew.Explanation, StringComparison.Ordinal);
            Assert.Contains(nextStep, skew.Explanation, StringComparison.Ordinal);
        });
        Assert.StartsWith(
            "north (swedencentral) served 100 of the 1,000 requests of priority 1: 10 % where its weight says 50 %. ",
            group.Skew[0].Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unanswered_attempts_that_no_backend_is_named_for_point_to_the_one_that_served_too_little()
    {
        PriorityGroupReport group = Assert.Single(Judge(
            Halves, ("north", Served(100)), ("south", Served(900)), ("", Served(0) with { Unanswered = 350 })));

        Every.One(group.Skew, skew => Assert.Equal("unreachable", skew.Cause));
    }

    [Fact]
    public void A_later_group_that_serves_is_failover_and_says_why()
    {
        IReadOnlyList<PriorityGroupReport> groups = Judge(
            WithReserve, ("north", Served(400) with { Throttled = 7 }), ("south", Served(400)), ("reserve", Served(200)));

        Assert.Equal([1, 2], groups.Select(group => group.Priority));
        Assert.Null(groups[0].Failover);
        Assert.Empty(groups[1].Skew);
        Failover failover = Assert.IsType<Failover>(groups[1].Failover);
        Assert.Equal((200, 0.2, "throttled"), (failover.Requests, failover.Share, failover.Cause));
        Assert.StartsWith(
            "Priority 2 (reserve (uksouth)) served 200 of 1,000 requests (20 %), although priority 1 comes first: failover. ",
            failover.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_group_that_waits_is_none()
    {
        IReadOnlyList<PriorityGroupReport> groups = Judge(WithReserve, ("north", Served(500)), ("south", Served(500)));

        Assert.Null(groups[1].Failover);
        Assert.Empty(groups[1].Skew);
    }

    [Fact]
    public void Any_figures_give_shares_that_add_up_and_skew_that_is_real()
    {
        Gen<(int Weight, int Requests)[]> groups = Gen.ArrayOf(
            from weight in Gen.Choose(0, 100)
            from requests in Gen.Choose(0, 5000)
            select (weight, requests));
        Config seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20270301UL, 9UL);
        Check.One(seeded, Prop.ForAll(groups.Where(group => group.Length > 0).ToArbitrary(), members =>
        {
            ConfiguredBackend[] backends = [.. members.Select((member, i) => new ConfiguredBackend($"b{i}", "region", 1, member.Weight))];
            PriorityGroupReport group = Assert.Single(Judge(backends, [.. members.Select((member, i) => ($"b{i}", Served(member.Requests)))]));

            Assert.Equal(1, group.Backends.Sum(share => share.ExpectedShare), 9);
            Assert.True(group.Requests == 0 || Math.Abs(group.Backends.Sum(share => share.Share!.Value) - 1) < 1e-9);
            Assert.DoesNotContain(group.Skew, skew => Math.Abs(skew.Share - skew.ExpectedShare) <= 0.0499999);

            // Twice the requests with the same shares: what was no chance before is none now.
            PriorityGroupReport doubled = Assert.Single(Judge(backends, [.. members.Select((member, i) => ($"b{i}", Served(member.Requests * 2)))]));
            Assert.Subset(doubled.Skew.Select(skew => skew.Backend).ToHashSet(), group.Skew.Select(skew => skew.Backend).ToHashSet());
        }));
    }

    private static DistributionFigures Served(long requests) => new() { Requests = requests, Successes = requests };

    private static IReadOnlyList<PriorityGroupReport> Judge(ConfiguredBackend[] backends, params (string Name, DistributionFigures Figures)[] figures) =>
        ShareJudgement.Judge(backends, figures.ToDictionary(entry => entry.Name, entry => entry.Figures));
}
