using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>cache-store-value</c>: keeps a value for later requests.</summary>
internal sealed class CacheStoreValue(PolicyValue<string> key, PolicyValue<object> value, PolicyValue<int> duration) : IPolicy
{
    public static PolicyElement Element { get; } = new("cache-store-value", PolicySections.All, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        execution.Services.Cache.Store(key.GetRequired(execution), value.GetRequired(execution), TimeSpan.FromSeconds(duration.Get(execution)));
        return new(PolicyFlow.Continue);
    }

    private static CacheStoreValue Read(PolicyElementReader reader)
    {
        // Without an external cache both mean the one in the gateway.
        reader.Choice("caching-type", "prefer-external", "internal");
        return new CacheStoreValue(reader.Value<string>("key"), reader.Value<object>("value"), reader.Value<int>("duration"));
    }
}
