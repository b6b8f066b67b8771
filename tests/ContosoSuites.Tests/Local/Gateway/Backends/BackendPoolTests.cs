using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Tests.Local.Gateway.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Backends;

public sealed class BackendPoolTests
{
    private const int NoResponse = 0;

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260301, 11, 200);

    private static readonly Gen<(int Priority, int Weight)[]> Shapes = Gen.Zip(Gen.Choose(0, 2), Gen.Choose(1, 100))
        .ArrayOf().Resize(8).Where(shapes => shapes.Length > 0)
        .Select(shapes => shapes.Select(shape => (shape.Item1, shape.Item2)).ToArray());

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Shares_follow_the_weights_of_the_lowest_group()
    {
        Prop.ForAll(Shapes.ToArbitrary(), shapes =>
        {
            var backends = Pools.Backends(shapes, _time);
            var pool = new BackendPool("pool", backends);
            var group = backends.Where(backend => backend.Priority == backends.Min(other => other.Priority)).ToList();
            var round = group.Sum(backend => backend.Weight);

            var counts = Take(pool, round * 3).CountBy(backend => backend).ToDictionary();

            // Over whole rounds the shares are exact, not only close.
            return backends.All(backend => counts.GetValueOrDefault(backend) == (group.Contains(backend) ? backend.Weight * 3 : 0));
        }).Check(Seeded);
    }

    [Fact]
    public void Turns_of_a_heavy_backend_are_spread_out()
    {
        var pool = new BackendPool("pool", Pools.Backends([(1, 5), (1, 1), (1, 1)], _time));

        Assert.Equal("b0 b0 b1 b0 b2 b0 b0", string.Join(' ', Take(pool, 7).Select(backend => backend.Name)));
    }

    [Fact]
    public void Shares_hold_when_many_ask_at_once()
    {
        var backends = Pools.Backends([(1, 70), (1, 30)], _time);
        var pool = new BackendPool("pool", backends);
        var counts = new int[2];

        Parallel.For(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 64 }, _ => Interlocked.Increment(ref counts[backends.IndexOf(pool.Next([])!)]));

        Assert.Equal([7000, 3000], counts);
    }

    [Fact]
    public void No_request_goes_to_an_open_breaker_and_none_to_a_later_group_without_need()
    {
        // Each step: some time passes, a request asks up to three times and meets failures of some kind.
        var step =
            from wait in Gen.Choose(0, 20)
            from outcomes in Gen.Elements(200, 429, 500, NoResponse).ArrayOf(3)
            from retryAfter in Gen.Choose(0, 40)
            select (wait, outcomes, retryAfter);
        var steps = step.ArrayOf().Resize(40);
        Prop.ForAll(Shapes.ToArbitrary(), steps.ToArbitrary(), (shapes, sequence) =>
        {
            var time = new FakeTimeProvider();
            var backends = Pools.Backends(shapes, time);
            var pool = new BackendPool("pool", backends);
            var openUntil = new DateTimeOffset[backends.Count];
            foreach (var (wait, outcomes, retryAfter) in sequence)
            {
                time.Advance(TimeSpan.FromSeconds(wait));
                var tried = new List<Backend>();
                foreach (var outcome in outcomes)
                {
                    var closed = backends.Where(backend => time.GetUtcNow() >= openUntil[backends.IndexOf(backend)]).ToList();
                    var untried = closed.Where(backend => !tried.Contains(backend)).ToList();
                    var eligible = untried.Count > 0 ? untried : closed;
                    var chosen = pool.Next(tried);
                    if (eligible.Count == 0)
                    {
                        Assert.Null(chosen);
                        break;
                    }

                    Assert.Contains(chosen, eligible);
                    Assert.Equal(eligible.Min(backend => backend.Priority), chosen!.Priority);
                    tried.Add(chosen);
                    if (outcome == NoResponse)
                    {
                        continue;
                    }

                    TimeSpan? said = outcome == 429 ? TimeSpan.FromSeconds(retryAfter) : null;
                    chosen.Breaker.Observe(outcome, said);
                    if (outcome != 200)
                    {
                        openUntil[backends.IndexOf(chosen)] = time.GetUtcNow() + (said ?? TimeSpan.FromSeconds(30));
                    }
                    else
                    {
                        break;
                    }
                }
            }
        }).Check(Seeded);
    }

    [Fact]
    public void A_retry_prefers_whom_it_has_not_asked_then_later_groups_then_anyone()
    {
        var backends = Pools.Backends([(1, 1), (1, 1), (2, 1)], _time);
        var pool = new BackendPool("pool", backends);
        var tried = new List<Backend>();
        var asked = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var backend = pool.Next(tried)!;
            asked.Add(backend.Name);
            tried.Add(backend);
        }

        Assert.Equal(["b0", "b1", "b2"], asked.Take(3));
        Assert.Contains(asked[3], (string[])["b0", "b1"]);
    }

    [Fact]
    public void A_backend_that_returns_causes_no_burst()
    {
        var backends = Pools.Backends([(1, 1), (1, 1)], _time);
        var pool = new BackendPool("pool", backends);
        backends[0].Breaker.Observe(500, null);
        Every.One(Take(pool, 20), backend => Assert.Equal("b1", backend.Name));

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(10, Take(pool, 20).Count(backend => backend.Name == "b0"));
    }

    private static List<Backend> Take(BackendPool pool, int count) => [.. Enumerable.Range(0, count).Select(_ => pool.Next([])!)];
}
