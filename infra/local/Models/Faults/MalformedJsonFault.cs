namespace ContosoSuites.Local.Models.Faults;

/// <summary>Answers 200 with JSON that breaks off in the middle, in every event of a stream too.</summary>
public sealed record MalformedJsonFault : ModelFault
{
    internal override ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> json, int part) => json[..(json.Length / 2)];
}
