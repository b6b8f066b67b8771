using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Begins a good answer and then drops the connection.</summary>
/// <param name="AfterParts">
/// How many events of a stream are sent first. An answer in one piece is cut in its middle, or, with 0, after its headers.
/// </param>
public sealed record CutFault(int AfterParts = 3) : ModelFault
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
            await exchange.CutAsync();
        }
    }
}
