using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>
/// Keeps callers from getting as far as a request. Setting it drops the connections that are open, so that nobody goes on
/// over one from before.
/// </summary>
public abstract record UnreachableFault : ModelFault
{
    private protected UnreachableFault()
    {
    }

    internal override void Validate()
    {
        if (Requests is not null)
        {
            throw new ArgumentException("An instance that can not be reached sees no requests to count: leave requests out.");
        }
    }

    /// <summary>A request that slips in while the connections are dropped meets the same end.</summary>
    internal override ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        exchange.Drop();
        return ValueTask.FromResult(true);
    }
}
