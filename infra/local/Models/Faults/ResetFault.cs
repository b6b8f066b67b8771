using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Resets the connection instead of answering.</summary>
public sealed record ResetFault : ModelFault
{
    internal override ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        exchange.Drop();
        return ValueTask.FromResult(true);
    }
}
