namespace ContosoSuites.Functions.Distribution;

/// <summary>Adds one backend's bins up: in all, by deployment, and along the range.</summary>
/// <param name="range">The range.</param>
/// <param name="hasPrices">Whether anything has a price.</param>
internal sealed class BackendSum(DistributionRange range, bool hasPrices)
{
    private readonly FigureSum _total = new(hasPrices);
    private readonly SortedDictionary<string, FigureSum> _deployments = new(StringComparer.Ordinal);
    private readonly FigureSum?[] _series = new FigureSum?[range.Bins];

    /// <summary>Adds a bin of the range.</summary>
    /// <param name="bin">The bin.</param>
    /// <param name="cost">What its tokens cost in US dollars; null without a price.</param>
    public void Add(DistributionBin bin, decimal? cost)
    {
        _total.Add(bin, cost);
        if (!_deployments.TryGetValue(bin.Deployment, out FigureSum? deployment))
        {
            _deployments.Add(bin.Deployment, deployment = new FigureSum(hasPrices));
        }

        deployment.Add(bin, cost);
        (_series[range.IndexOf(bin.Start)] ??= new FigureSum(hasPrices)).Add(bin, cost);
    }

    /// <summary>The totals.</summary>
    public DistributionFigures ToFigures() => _total.ToFigures();

    /// <summary>The totals by deployment.</summary>
    public IReadOnlyDictionary<string, DistributionFigures> ToDeployments() =>
        _deployments.ToDictionary(deployment => deployment.Key, deployment => deployment.Value.ToFigures(), StringComparer.Ordinal);

    /// <summary>Every bin of the range in order.</summary>
    public IReadOnlyList<SeriesPoint> ToSeries()
    {
        DistributionFigures nothing = new FigureSum(hasPrices).ToFigures();
        return [.. _series.Select((sum, i) => new SeriesPoint(range.StartOf(i), sum?.ToFigures() ?? nothing))];
    }
}
