using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Begins a good answer and then sends nothing more, with the connection left open, until the caller leaves.</summary>
/// <param name="AfterParts">
/// How many events of a stream are sent first. An answer in one piece stalls in its middle, or, with 0, after its headers.
/// </param>
public sealed record StallFault(int AfterParts = 3) : ModelFault
{
    internal override void Validate()
    {
        base.Validate();
        if (AfterParts < 0)
        {
            throw new ArgumentException("afterParts must not be negative.");
        }
    }

    internal override async ValueTask BeforePartAsync(ModelExchange exchange, int part)
    {
        if (part >= AfterParts)
        {
            await exchange.Http.Response.BodyWriter.FlushAsync(exchange.CancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, exchange.TimeProvider, exchange.CancellationToken);
        }
    }
}
