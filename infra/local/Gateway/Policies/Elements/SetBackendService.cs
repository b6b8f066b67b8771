using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>set-backend-service</c>: says whom forward-request calls: a backend or pool by its id, or just a URL, of which nothing
/// more is known: no breaker guards it and it gets no credentials but those that the policy sets.
/// </summary>
internal sealed class SetBackendService(PolicyPosition position, PolicyValue<string>? backendId, PolicyValue<string>? baseUrl) : IPolicy
{
    public static PolicyElement Element { get; } = new("set-backend-service", PolicySections.Inbound | PolicySections.Backend, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var name = (backendId ?? baseUrl)!.GetRequired(execution);
        execution.Target = backendId is not null ? execution.Services.Backends.Find(name) : Unmanaged(name, execution.Services.Time);
        return new(execution.Target is null ? execution.Fail(PolicyError.BackendUnknown(position, name)) : PolicyFlow.Continue);
    }

    private static Backend? Unmanaged(string url, TimeProvider time) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") ? Backend.Unmanaged(address, time) : null;

    private static SetBackendService Read(PolicyElementReader reader)
    {
        var id = reader.OptionalValue<string>("backend-id");
        var url = reader.OptionalValue<string>("base-url");
        var backends = reader.Loader.Backends;
        string? name = null;
        reader.ThrowIf(id is null == url is null, "<set-backend-service> needs the attribute backend-id or base-url, and not both.");
        reader.ThrowIf(id?.TryGetLiteral(out name) is true && backends.Find(name!) is null, $"there is no backend {name}; known are {backends.Names}.");
        return new SetBackendService(reader.Position, id, url);
    }
}
