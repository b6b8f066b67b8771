using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Gateway;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

/// <summary>Reports made by hand: what happened is a function of backend and bin, and everything else is added up from it.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 57, 20, TimeSpan.Zero);

    public static readonly SampleBackend[] Pair =
    [
        new("openai-primary", "swedencentral", 1, 50),
        new("openai-secondary", "francecentral", 1, 50),
    ];

    public static readonly SampleBackend[] Four =
    [
        new("openai-primary", "swedencentral", 1, 50),
        new("openai-secondary", "francecentral", 1, 30),
        new("openai-third", "germanywestcentral", 1, 20),
        new("openai-overflow", "eastus2", 2, 100),
    ];

    /// <summary>A day on which the load was spread as it should be.</summary>
    public static DistributionReport Balanced() => Make(Pair, TimeSpan.FromDays(1), TimeSpan.FromMinutes(15), Calm(seed: 11));

    /// <summary>A week with prices, of which one deployment has none, and bins that do not tell all by function.</summary>
    public static DistributionReport Priced()
    {
        DistributionReport report = Week();
        return report with
        {
            Totals = Price(report.Totals),
            Backends = [.. report.Backends.Select(backend => backend with { Figures = Price(backend.Figures) })],
            TokensByFunction =
            [
                report.TokensByFunction[0] with { Cost = 41.7305m, PricedCalls = 31_210, UnpricedTokens = 0 },
                report.TokensByFunction[1] with { Cost = 0.0734m, PricedCalls = 118, UnpricedTokens = 2_103_000 },
                report.TokensByFunction[2] with { PricedCalls = 0, UnpricedTokens = report.TokensByFunction[2].Tokens },
            ],
            Costs = new CostReport(
                new Dictionary<string, ModelPrice> { ["gpt-5.4-mini"] = new(0.825m, 4.95m) },
                ["text-embedding-3-small"],
                [.. Enumerable.Range(0, 20).Select(day => new DayCost(new DateOnly(2026, 11, 3).AddDays(day), day == 17 ? null : day == 18 ? 0.00004m : 1.5m + (day % 7)))]),
        };

        static DistributionFigures Price(DistributionFigures figures) =>
            figures with { Cost = ((figures.PromptTokens * 0.825m) + (figures.CompletionTokens * 4.95m)) / 1_000_000 };
    }

    /// <summary>An hour with no request at all.</summary>
    public static DistributionReport Empty(DateTimeOffset? collectedUpTo = null) =>
        Make(Pair, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), (_, _) => new DistributionFigures()) with { CollectedUpTo = collectedUpTo };

    /// <summary>A week of five-minute bins and four backends, of which the first throttled for half a day.</summary>
    public static DistributionReport Week()
    {
        var random = new Random(5);
        DistributionReport report = Make(Four, TimeSpan.FromDays(7), TimeSpan.FromMinutes(5), (backend, bin) =>
        {
            bool throttles = bin is >= 900 and < 1050;
            double daily = 1.2 + Math.Sin((bin - 80) * 2 * Math.PI / 288);
            long requests = backend switch
            {
                0 => throttles ? 0 : (long)(daily * 25) + random.Next(6),
                3 => throttles && bin % 3 == 0 ? random.Next(4) : 0,
                _ => (long)(daily * (backend == 1 ? 15 : 10) * (throttles ? 2 : 1)) + random.Next(5),
            };
            return Served(requests, random) with
            {
                Throttled = backend == 0 && throttles ? 20 + random.Next(20) : 0,
                Retries = backend == 0 && throttles ? 18 + random.Next(10) : 0,
                ServerErrors = backend == 2 && bin is > 400 and < 420 ? random.Next(9) : 0,
            };
        });
        PriorityGroupReport first = report.PriorityGroups[0];
        Skew skew = new(
            "openai-primary", 0.5, first.Backends[0].Share!.Value, SkewCause.Throttled,
            "It answered 4,405 attempts with 429, and the circuit breaker then kept requests away. Raise the quota of its deployment, or lower its weight.");
        PriorityGroupReport second = report.PriorityGroups[1];
        var failover = new Failover(
            second.Requests, (double)second.Requests / report.Totals.Requests, SkewCause.Throttled, "It served although priority 1 comes first.");
        return report with { PriorityGroups = [first with { Skew = [skew] }, second with { Failover = failover }] };
    }

    /// <summary>An hour in which the gateway's own token limit refused most requests.</summary>
    public static DistributionReport Failing()
    {
        var random = new Random(7);
        DistributionReport report = Make(
            [.. Pair, new("", null, null, null)], TimeSpan.FromHours(1), TimeSpan.FromMinutes(5),
            (backend, bin) => backend == 2 ? new DistributionFigures { Requests = 30 + (3 * bin), Throttled = 30 + (3 * bin) } : Served(3 + random.Next(2), random));
        return report with { TokensByFunction = [new("MaintenanceCopilotChat", 12_000), new("other", 4_000), new("", 300)] };
    }

    /// <summary>A day in which every name tries to be markup, and requests ended without a backend.</summary>
    public static DistributionReport Hostile()
    {
        SampleBackend[] backends =
        [
            new("<script>alert(1)</script>", "\" onload=\"alert(2)", 1, 50),
            new("']]><!-- </style></title></svg><img src=x onerror=alert(3)>", "&amp;&#60;b&#62;", 1, 50),
            new("{{7*7}} \u202Egnp.exe \uD800 \u0000 \u0001 ë 本 " + new string('w', 200), null, null, null),
            new("", null, null, null),
        ];
        DistributionReport report = Make(backends, TimeSpan.FromDays(1), TimeSpan.FromMinutes(30), Calm(seed: 3));
        Skew skew = new(backends[0].Name, 0.5, 0.2, "<b>cause</b>", "<script>alert(4)</script> & " + new string('v', 150));
        return report with
        {
            PriorityGroups = [report.PriorityGroups[0] with { Skew = [skew] }],
            TokensByFunction = [new("<iframe src=//evil.example>", 12), new("", 3), new("\"><script>alert(5)</script>", 0)],
        };
    }

    public static DistributionReport Make(
        IReadOnlyList<SampleBackend> backends, TimeSpan range, TimeSpan bin, Func<int, int, DistributionFigures> figures)
    {
        DateTimeOffset to = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);
        DateTimeOffset from = to - range;
        int bins = (int)(range / bin);
        var series = backends.Select((_, backend) => (IReadOnlyList<SeriesPoint>)[.. Enumerable.Range(0, bins).Select(i => new SeriesPoint(from + (i * bin), figures(backend, i)))]).ToList();
        var sums = series.Select(points => Sum([.. points.Select(point => point.Figures)])).ToList();
        DistributionFigures totals = Sum(sums);
        return new DistributionReport(
            from, to, bin, new DateTimeOffset(2026, 11, 22, 17, 50, 0, TimeSpan.Zero), totals,
            [.. backends.Select((backend, i) => new BackendReport(
                backend.Name, backend.Region, backend.Priority, backend.Weight,
                totals.Requests == 0 ? 0 : (double)sums[i].Requests / totals.Requests, sums[i],
                new Dictionary<string, DistributionFigures> { ["gpt-4o"] = sums[i] }, series[i]))],
            [.. Groups(backends, sums)],
            [
                new("MaintenanceCopilotChat", (totals.PromptTokens + totals.CompletionTokens) * 6 / 10),
                new("Chat", (totals.PromptTokens + totals.CompletionTokens) * 3 / 10),
                new("Vectorize", (totals.PromptTokens + totals.CompletionTokens) / 10),
            ]);
    }

    private static Func<int, int, DistributionFigures> Calm(int seed)
    {
        var random = new Random(seed);
        return (_, bin) => Served(bin is > 20 and < 30 ? 0 : 8 + (bin / 6) + random.Next(6), random);
    }

    private static DistributionFigures Served(long requests, Random random) => new()
    {
        Requests = requests,
        Successes = requests,
        PromptTokens = requests * (180 + random.Next(40)),
        CompletionTokens = requests * (60 + random.Next(30)),
        AverageBackendMs = requests > 0 ? 200 + random.Next(90) : null,
        P95BackendMs = requests > 0 ? 500 + random.Next(300) : null,
    };

    private static IEnumerable<PriorityGroupReport> Groups(IReadOnlyList<SampleBackend> backends, List<DistributionFigures> sums)
    {
        foreach (IGrouping<int?, (SampleBackend Backend, long Requests)> group in backends.Select((backend, i) => (backend, sums[i].Requests)).Where(b => b.backend.Priority is not null).GroupBy(b => b.backend.Priority))
        {
            long requests = group.Sum(b => b.Requests);
            double weights = group.Sum(b => b.Backend.Weight!.Value);
            yield return new PriorityGroupReport(
                group.Key!.Value, requests,
                [.. group.Select(b => new BackendShare(b.Backend.Name, b.Requests, b.Backend.Weight!.Value / weights, requests == 0 ? null : (double)b.Requests / requests))],
                []);
        }
    }

    private static DistributionFigures Sum(IReadOnlyCollection<DistributionFigures> parts) => new()
    {
        Requests = parts.Sum(part => part.Requests),
        Successes = parts.Sum(part => part.Successes),
        Throttled = parts.Sum(part => part.Throttled),
        ClientErrors = parts.Sum(part => part.ClientErrors),
        ServerErrors = parts.Sum(part => part.ServerErrors),
        Unanswered = parts.Sum(part => part.Unanswered),
        Retries = parts.Sum(part => part.Retries),
        PromptTokens = parts.Sum(part => part.PromptTokens),
        CompletionTokens = parts.Sum(part => part.CompletionTokens),
        AverageBackendMs = parts.Average(part => part.AverageBackendMs),
        P95BackendMs = parts.Max(part => part.P95BackendMs),
    };
}

/// <summary>A backend of a sample.</summary>
internal sealed record SampleBackend(string Name, string? Region, int? Priority, int? Weight);
