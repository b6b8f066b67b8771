namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>
/// The backends that a request has asked. A pool holds up to 30, so they fit into the bits of a number, and leave one for
/// those that are no backend resources.
/// </summary>
internal readonly record struct TriedBackends(uint Bits)
{
    public const int Capacity = 30;

    public bool Contains(Backend backend) => (Bits & (1u << backend.Index)) != 0;

    public TriedBackends With(Backend backend) => new(Bits | (1u << backend.Index));
}
