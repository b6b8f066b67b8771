namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>What the collector's timer sets off.</summary>
public interface ICollectionRun
{
    /// <summary>Collects once. A failure that the operator can mend is logged, and what is due stays due for the next run.</summary>
    public Task RunAsync(CancellationToken cancellationToken);
}
