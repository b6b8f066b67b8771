namespace ContosoSuites.Functions.Distribution;

/// <summary>Adds one backend's bins up: in all, by deployment, and along the range.</summary>
/// <param name="range">The range.</param>
internal sealed class BackendSum(DistributionRange range)
{
    private static readonly DistributionFigures Nothing = new();

    private readonly FigureSum _total = new();
    private readonly SortedDictionary<string, FigureSum> _deployments = new(StringComparer.Ordinal);
    private readonly FigureSum?[] _series = new FigureSum?[range.Bins];

    /// <summary>Adds a bin of the range.</summary>
    public void Add(DistributionBin bin)
    {
        _total.Add(bin);
        if (!_deployments.TryGetValue(bin.Deployment, out FigureSum? deployment))
        {
            _deployments.Add(bin.Deployment, deployment = new FigureSum());
        }

        deployment.Add(bin);
        (_series[range.IndexOf(bin.Start)] ??= new FigureSum()).Add(bin);
    }

    /// <summary>The totals.</summary>
    public DistributionFigures ToFigures() => _total.ToFigures();

    /// <summary>The totals by deployment.</summary>
    public IReadOnlyDictionary<string, DistributionFigures> ToDeployments() =>
        _deployments.ToDictionary(deployment => deployment.Key, deployment => deployment.Value.ToFigures(), StringComparer.Ordinal);

    /// <summary>Every bin of the range in order.</summary>
    public IReadOnlyList<SeriesPoint> ToSeries() => [.. _series.Select((sum, i) => new SeriesPoint(range.StartOf(i), sum?.ToFigures() ?? Nothing))];
}
