using ContosoSuites.Bench.Loads;

namespace ContosoSuites.Bench.Peers;

/// <summary>Something that stands in front of the instances, in a process of its own, and the call that it takes.</summary>
internal sealed class Peer(IAsyncDisposable process, RawLoad load) : IAsyncDisposable
{
    public RawLoad Load => load;

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
