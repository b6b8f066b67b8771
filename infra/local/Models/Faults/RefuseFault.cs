using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Stops listening: connections are refused, and those that are open are dropped, until the instance is healed.</summary>
public sealed record RefuseFault : ModelFault
{
    internal override void Validate()
    {
        if (Requests is not null)
        {
            throw new ArgumentException("An instance that refuses connections sees no requests to count: leave requests out.");
        }
    }

    /// <summary>A request that slips in while the listener closes meets the same end.</summary>
    internal override ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        exchange.Drop();
        return ValueTask.FromResult(true);
    }
}
