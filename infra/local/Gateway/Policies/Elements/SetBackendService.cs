using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-backend-service</c>: names the backend, or the pool, that forward-request calls.</summary>
internal sealed class SetBackendService(PolicyPosition position, PolicyValue<string> backendId) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-backend-service", PolicySections.Inbound | PolicySections.Backend, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var name = backendId.Get(execution);
        execution.Target = execution.Services.Backends.Find(name);
        return new(execution.Target is null ? execution.Fail(PolicyError.BackendUnknown(position, name)) : PolicyFlow.Continue);
    }

    private static SetBackendService Read(PolicyElementReader reader)
    {
        var id = reader.Value<string>("backend-id");
        var backends = reader.Loader.Backends;
        return id.TryGetLiteral(out var name) && backends.Find(name) is null
            ? throw reader.Wrong($"there is no backend {name}; known are {string.Join(", ", backends.Names)}.")
            : new SetBackendService(reader.Position, id);
    }
}
