using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;
using Microsoft.Net.Http.Headers;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>authentication-managed-identity</c>: puts a token into the Authorization header, or into a variable. The gateway has
/// one identity here and one token that stands for it, whatever the resource. A backend with credentials of its own still
/// gets those.
/// </summary>
internal sealed class AuthenticationManagedIdentity(PolicyValue<string> resource, string? variable) : IPolicy
{
    public static PolicyElement Element { get; } = new("authentication-managed-identity", PolicySections.Inbound, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        // Evaluated like everything that a policy says: an expression that throws must not go unnoticed.
        _ = resource.Get(execution);
        if (variable is null)
        {
            execution.Request.Http.Headers[HeaderNames.Authorization] = "Bearer " + BackendAddress.ManagedIdentityToken;
        }
        else
        {
            execution.Variables.Set(variable, BackendAddress.ManagedIdentityToken);
        }

        return new(PolicyFlow.Continue);
    }

    private static AuthenticationManagedIdentity Read(PolicyElementReader reader)
    {
        reader.OptionalLiteral("client-id");
        reader.Choice("ignore-error", "false", "true");
        return new AuthenticationManagedIdentity(reader.Value<string>("resource"), reader.OptionalLiteral("output-token-variable-name"));
    }
}
