using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>cache-lookup-value</c>: sets a variable to a value from the cache, or to a default. With neither it is left alone.</summary>
internal sealed class CacheLookupValue(PolicyValue<string> key, string variable, PolicyValue<object>? defaultValue) : PolicyStep
{
    public static PolicyElement Element { get; } = new("cache-lookup-value", PolicySections.All, Read);

    protected override void Run(PolicyExecution execution)
    {
        if ((execution.Services.Cache.Find(key.GetRequired(execution)) ?? defaultValue?.Get(execution)) is { } value)
        {
            execution.Variables[variable] = value;
        }
    }

    private static CacheLookupValue Read(PolicyElementReader reader)
    {
        // Without an external cache both mean the one in the gateway.
        reader.Choice("caching-type", "prefer-external", "internal");
        return new CacheLookupValue(reader.Value<string>("key"), reader.Literal("variable-name"), reader.OptionalValue<object>("default-value"));
    }
}

/// <summary><c>cache-store-value</c>: keeps a value for later requests.</summary>
internal sealed class CacheStoreValue(PolicyValue<string> key, PolicyValue<object> value, PolicyValue<int> duration) : PolicyStep
{
    public static PolicyElement Element { get; } = new("cache-store-value", PolicySections.All, Read);

    protected override void Run(PolicyExecution execution) =>
        execution.Services.Cache.Store(key.GetRequired(execution), value.GetRequired(execution), TimeSpan.FromSeconds(duration.Get(execution)));

    private static CacheStoreValue Read(PolicyElementReader reader)
    {
        reader.Choice("caching-type", "prefer-external", "internal");
        return new CacheStoreValue(reader.Value<string>("key"), reader.Value<object>("value"), reader.Value<int>("duration"));
    }
}
