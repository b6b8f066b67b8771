using ContosoSuites.Functions.Distribution.Judgement;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Distribution;

/// <summary>Makes reports of the stored bins.</summary>
/// <param name="store">The store.</param>
/// <param name="configuration">What the load should be spread over.</param>
/// <param name="prices">What tokens cost.</param>
public sealed class DistributionReports(IDistributionStore store, BackendConfiguration configuration, ModelPrices prices)
{
    /// <summary>Reports on a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StorageUnavailableException">The store can not be read.</exception>
    public async Task<DistributionReport> CreateAsync(DistributionRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        DateTimeOffset? collectedUpTo = await store.GetWatermarkAsync(cancellationToken);
        IReadOnlyList<DistributionBin> bins = await store.ListAsync(range.From, range.To, cancellationToken);
        return Create(range, collectedUpTo, bins);
    }

    private DistributionReport Create(DistributionRange range, DateTimeOffset? collectedUpTo, IReadOnlyList<DistributionBin> bins)
    {
        bool hasPrices = prices.ByDeployment.Count > 0;
        var total = new FigureSum(hasPrices);
        var functions = new Dictionary<string, FunctionSum>(StringComparer.Ordinal);
        var days = new SortedDictionary<DateOnly, CostSum>();
        var unpriced = new SortedSet<string>(StringComparer.Ordinal);
        Dictionary<string, BackendSum> backends = configuration.Backends.ToDictionary(backend => backend.Name, _ => new BackendSum(range, hasPrices), StringComparer.Ordinal);
        foreach (DistributionBin bin in bins)
        {
            decimal? cost = prices.CostOf(bin.Deployment, bin.PromptTokens, bin.CompletionTokens);
            if (!backends.TryGetValue(bin.Backend, out BackendSum? backend))
            {
                backends.Add(bin.Backend, backend = new BackendSum(range, hasPrices));
            }

            backend.Add(bin, cost);
            total.Add(bin, cost);
            AddFunctions(bin);
            if (bin.PromptTokens + bin.CompletionTokens > 0)
            {
                AddDay(bin, cost);
            }
        }

        DistributionFigures totals = total.ToFigures();
        Dictionary<string, DistributionFigures> figures = backends.ToDictionary(backend => backend.Key, backend => backend.Value.ToFigures(), StringComparer.Ordinal);
        IEnumerable<string> others = backends.Keys.Except(configuration.Backends.Select(backend => backend.Name)).Order(StringComparer.Ordinal);
        return new DistributionReport(
            range.From,
            range.To,
            range.Bin,
            collectedUpTo,
            totals,
            [
                .. configuration.Backends.Select(backend => Report(backend.Name, backend)),
                .. others.Select(name => Report(name, null)),
            ],
            ShareJudgement.Judge(configuration.Backends, figures),
            [
                .. functions.Values.Select(function => function.ToTokens())
                    .OrderByDescending(function => function.Tokens).ThenBy(function => function.Function, StringComparer.Ordinal),
            ])
        {
            Costs = hasPrices ? new CostReport(prices.ByDeployment, [.. unpriced], [.. days.Select(day => new DayCost(day.Key, day.Value.Cost))]) : null,
        };

        void AddFunctions(DistributionBin bin)
        {
            // A bin that was stored before names were held to ours may have others.
            foreach ((string function, long tokens) in CallingFunctions.Fold(bin.TokensByFunction))
            {
                SumOf(function).AddTokens(tokens);
            }

            foreach ((string function, FunctionUsage usage) in bin.UsageByFunction)
            {
                SumOf(CallingFunctions.NameOf(function)).AddUsage(usage, prices.CostOf(bin.Deployment, usage.PromptTokens, usage.CompletionTokens));
            }
        }

        FunctionSum SumOf(string function) =>
            functions.TryGetValue(function, out FunctionSum? sum) ? sum : functions[function] = new FunctionSum(function, hasPrices);

        void AddDay(DistributionBin bin, decimal? cost)
        {
            var day = DateOnly.FromDateTime(bin.Start.UtcDateTime);
            if (!days.TryGetValue(day, out CostSum? sum))
            {
                days.Add(day, sum = new CostSum(hasPrices));
            }

            sum.Add(bin.PromptTokens + bin.CompletionTokens, cost);
            if (cost is null)
            {
                unpriced.Add(bin.Deployment);
            }
        }

        BackendReport Report(string name, ConfiguredBackend? configured) => new(
            name,
            configured?.Region,
            configured?.Priority,
            configured?.Weight,
            totals.Requests == 0 ? 0 : (double)figures[name].Requests / totals.Requests,
            figures[name],
            backends[name].ToDeployments(),
            backends[name].ToSeries());
    }
}
