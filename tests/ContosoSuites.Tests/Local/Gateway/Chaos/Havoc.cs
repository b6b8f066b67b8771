using ContosoSuites.Local.Models.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>
/// Makes instances fail and heal at random under traffic, with every kind of fault that another backend cures. One instance
/// is well at any time: an instance counts as well when it answers and the time for which a breaker may keep requests away
/// from it has gone by, so the next one may fail only then.
/// </summary>
/// <remarks>
/// Everything happens by the number of requests, in the middle of the traffic. Two changes wait for the requests that
/// have begun before them: an instance is relied on only when none is left that may still meet its failure, and one that
/// drops its connections must not be in the middle of a good answer, which no gateway could mend. Only for a timeout the
/// traffic stands still, as the gateway's time must not be up for others.
/// </remarks>
internal sealed class Havoc(Random random, IReadOnlyList<Victim> victims, Traffic traffic, FakeTimeProvider time)
{
    /// <summary>The Retry-After of a throttling instance.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any breaker is open, and shorter than any timeout.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ForwardTimeout = TimeSpan.FromSeconds(60);

    private static readonly Func<ModelFault>[] Faults =
    [
        () => new ThrottleFault(RetryAfter),
        () => new StatusFault(408),
        () => new StatusFault(499),
        () => new StatusFault(500),
        () => new StatusFault(502),
        () => new StatusFault(503),
        () => new StatusFault(504),
        () => new StatusFault(409, RetryAfter),
        () => new ResetFault(),
        () => new RefuseFault(),
        () => new WrongTlsNameFault(),
        () => new DelayHeadersFault(TimeSpan.FromHours(1)),
    ];

    /// <summary>How many kinds of failure there are.</summary>
    public static int Kinds => Faults.Length;

    private readonly Queue<Func<ModelFault>> _next = new();

    /// <summary>How often an instance was made to fail, by the kind of fault.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>Goes on until all requests have begun.</summary>
    public async Task RunAsync(int requests, CancellationToken cancellationToken)
    {
        while (traffic.Begun < requests)
        {
            var victim = victims[random.Next(victims.Count)];
            for (var failures = random.Next(1, 4); failures > 0; failures--)
            {
                await FailAsync(victim, Next(), cancellationToken);
            }

            await victim.Instance.SetFaultAsync(null, cancellationToken);
            await traffic.DrainedAsync();
            time.Advance(Recovery);
        }
    }

    // Dealt like cards, so that each has its turn.
    private ModelFault Next()
    {
        if (_next.Count == 0)
        {
            var deck = Faults.ToArray();
            random.Shuffle(deck);
            foreach (var fault in deck)
            {
                _next.Enqueue(fault);
            }
        }

        return _next.Dequeue()();
    }

    private async Task FailAsync(Victim victim, ModelFault fault, CancellationToken cancellationToken)
    {
        var kind = fault is StatusFault status ? $"status {status.Code}" : fault.GetType().Name;
        Failures[kind] = Failures.GetValueOrDefault(kind) + 1;
        if (fault is UnreachableFault)
        {
            await victim.Instance.SetFaultAsync(new ResetFault(), cancellationToken);
            await traffic.DrainedAsync();
        }

        await victim.Instance.SetFaultAsync(fault, cancellationToken);
        var more = traffic.MoreAsync(random.Next(5, 30));
        if (fault is DelayHeadersFault)
        {
            // Once one hangs, all callers may come to hang before so many more have begun.
            await Task.WhenAny(more, victim.HangsAsync());
            await TimeOutAsync(victim, cancellationToken);
        }
        else
        {
            await more;
            if (random.Next(2) == 0)
            {
                await victim.Instance.SetFaultAsync(null, cancellationToken);
                await traffic.MoreAsync(random.Next(5, 60));
            }
        }

        // Long enough for some breakers to close in the middle of it.
        await traffic.DrainedAsync();
        time.Advance(TimeSpan.FromSeconds(random.Next(0, 8)));
    }

    // The time must not be up for anybody but those who wait for the victim.
    private async Task TimeOutAsync(Victim victim, CancellationToken cancellationToken)
    {
        traffic.Pause();
        await victim.AllHangAsync(traffic);
        await victim.Instance.SetFaultAsync(null, cancellationToken);
        time.Advance(ForwardTimeout);
        traffic.Resume();
    }
}
