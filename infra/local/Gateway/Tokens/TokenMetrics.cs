using System.Collections.Frozen;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>The instruments of all namespaces that the policy emits metrics in.</summary>
internal sealed class TokenMetrics(IEnumerable<string> namespaces) : IDisposable
{
    private readonly FrozenDictionary<string, TokenInstruments> _instruments =
        namespaces.ToFrozenDictionary(name => name, name => new TokenInstruments(name));

    public IReadOnlyList<string> Namespaces => _instruments.Keys;

    public TokenInstruments this[string name] => _instruments[name];

    public void Dispose()
    {
        foreach (var instruments in _instruments.Values)
        {
            instruments.Dispose();
        }
    }
}
