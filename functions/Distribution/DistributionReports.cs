using ContosoSuites.Functions.Distribution.Judgement;
using ContosoSuites.Functions.Storage;

namespace ContosoSuites.Functions.Distribution;

/// <summary>Makes reports of the stored bins.</summary>
/// <param name="store">The store.</param>
/// <param name="configuration">What the load should be spread over.</param>
public sealed class DistributionReports(IDistributionStore store, BackendConfiguration configuration)
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
        var total = new FigureSum();
        var functions = new Dictionary<string, long>(StringComparer.Ordinal);
        Dictionary<string, BackendSum> backends = configuration.Backends.ToDictionary(backend => backend.Name, _ => new BackendSum(range), StringComparer.Ordinal);
        foreach (DistributionBin bin in bins)
        {
            if (!backends.TryGetValue(bin.Backend, out BackendSum? backend))
            {
                backends.Add(bin.Backend, backend = new BackendSum(range));
            }

            backend.Add(bin);
            total.Add(bin);
            // A bin that was stored before names were held to ours may have others.
            foreach ((string function, long tokens) in CallingFunctions.Fold(bin.TokensByFunction))
            {
                functions[function] = functions.GetValueOrDefault(function) + tokens;
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
                .. functions.Select(function => new FunctionTokens(function.Key, function.Value))
                    .OrderByDescending(function => function.Tokens).ThenBy(function => function.Function, StringComparer.Ordinal),
            ]);

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
