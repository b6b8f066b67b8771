using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>authentication-managed-identity</c>: puts a token into a variable. The gateway has one identity here and one token that
/// stands for it, whatever the resource.
/// </summary>
internal sealed class AuthenticationManagedIdentity(PolicyValue<string> resource, string variable) : PolicyStep
{
    public static PolicyElement Element { get; } = new("authentication-managed-identity", PolicySections.Inbound, Read);

    protected override void Run(PolicyExecution execution)
    {
        // Evaluated like everything that a policy says: an expression that throws must not go unnoticed.
        _ = resource.Get(execution);
        execution.Variables[variable] = BackendAddress.ManagedIdentityToken;
    }

    private static AuthenticationManagedIdentity Read(PolicyElementReader reader)
    {
        reader.Choice("ignore-error", "false", "true");
        return new AuthenticationManagedIdentity(reader.Value<string>("resource"), reader.Literal("output-token-variable-name"));
    }
}
