using System.Security.Cryptography.X509Certificates;

namespace ContosoSuites.Local.Gateway;

/// <summary>Where a backend resource of backends.json is found on this machine, and how the gateway authenticates there.</summary>
/// <param name="Url">What the resource's url is in API Management, e.g. <c>http://127.0.0.1:5001/openai</c>.</param>
/// <param name="ApiKey">The instance's key; null for the gateway's managed identity (<see cref="ManagedIdentityToken"/>).</param>
public sealed record BackendAddress(Uri Url, string? ApiKey = null)
{
    /// <summary>The bearer token that stands for the gateway's managed identity on this machine.</summary>
    public const string ManagedIdentityToken = "local-managed-identity-token";

    /// <summary>An authority that is trusted beside the machine's, as the one of simulated instances is; null for none.</summary>
    public X509Certificate2? Authority { get; init; }
}
