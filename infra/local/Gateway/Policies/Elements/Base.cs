using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>base</c>: the policies of the scope above. Above the API there are only API Management's defaults here, of which one
/// does something: in the backend section the global scope forwards the request.
/// </summary>
internal sealed class Base : IPolicy
{
    public static PolicyElement Element { get; } = new(
        "base", PolicySections.All, reader => reader.Section == PolicySections.Backend ? ForwardRequest.Default(reader) : new Base());

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution) => new(PolicyFlow.Continue);
}
