namespace ContosoSuites.Local.Models;

/// <summary>The credentials that mean something on one machine only.</summary>
public static class ModelCredentials
{
    /// <summary>The bearer token every simulated instance takes for a managed identity's, as Azure does for a keyless gateway.</summary>
    public const string ManagedIdentityToken = "local-managed-identity-token";

    /// <summary>The key of an instance that was given none.</summary>
    public const string DefaultApiKey = "local-model-key";
}
