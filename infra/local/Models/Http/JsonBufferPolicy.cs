using Microsoft.Extensions.ObjectPool;

namespace ContosoSuites.Local.Models.Http;

/// <summary>Empties buffers that come back to the pool.</summary>
internal sealed class JsonBufferPolicy : PooledObjectPolicy<JsonBuffer>
{
    public override JsonBuffer Create() => new();

    public override bool Return(JsonBuffer obj)
    {
        obj.Clear();
        return obj.IsWorthKeeping;
    }
}
