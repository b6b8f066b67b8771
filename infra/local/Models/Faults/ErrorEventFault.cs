using System.Text.Json;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Begins a good stream and goes on with an error in an event, as is left to a server whose 200 is out; an answer in one piece is that error.</summary>
/// <param name="Code">The error's code.</param>
/// <param name="AfterParts">How many events are sent first.</param>
public sealed record ErrorEventFault(string Code, int AfterParts = 3) : ModelFault
{
    internal override void Validate()
    {
        base.Validate();
        if (AfterParts < 0)
        {
            throw new ArgumentException("afterParts must not be negative.");
        }
    }

    internal override ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> json, int part) => part < AfterParts
        ? json
        : JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = Code, message = "The simulated instance was told to say so." } });
}
