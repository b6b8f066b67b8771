namespace ContosoSuites.Local.Models;

/// <summary>What one simulated Azure OpenAI instance is: its name and region, what it serves and how fast.</summary>
public sealed record ModelInstanceOptions
{
    /// <summary>A rate so high that it limits nothing; what an instance reports when it has no limit of its own.</summary>
    public const int Unlimited = 1_000_000_000;

    /// <summary>The instance's name, as the admin route knows it.</summary>
    public required string Name { get; init; }

    /// <summary>The Azure region it claims to be in: the <c>x-ms-region</c> header of its answers.</summary>
    public required string Region { get; init; }

    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What it proves its name with over https; null for plain http.</summary>
    public ModelCertificates? Certificates { get; init; }

    /// <summary>The key accepted in <c>api-key</c>, beside <see cref="ModelCredentials.ManagedIdentityToken"/>.</summary>
    public string ApiKey { get; init; } = ModelCredentials.DefaultApiKey;

    /// <summary>The deployment that answers chat completions.</summary>
    public string ChatDeployment { get; init; } = "gpt-5.4-mini";

    /// <summary>The model version that chat answers name.</summary>
    public string ChatModel { get; init; } = "gpt-5.4-mini-2026-03-17";

    /// <summary>The deployment that answers embeddings.</summary>
    public string EmbeddingDeployment { get; init; } = "text-embedding-3-small";

    /// <summary>The model that embedding answers name.</summary>
    public string EmbeddingModel { get; init; } = "text-embedding-3-small";

    /// <summary>Tokens a minute, per deployment, before it answers 429; null for no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Requests a minute, per deployment, before it answers 429; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The pause before each chunk of streamed text, to imitate a model that thinks; none by default.</summary>
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>The longest request body accepted, in bytes.</summary>
    public long MaxRequestBytes { get; init; } = 20 * 1024 * 1024;
}

/// <summary>The credentials that mean something on one machine only.</summary>
public static class ModelCredentials
{
    /// <summary>The bearer token every simulated instance takes for a managed identity's, as Azure does for a keyless gateway.</summary>
    public const string ManagedIdentityToken = "local-managed-identity-token";

    /// <summary>The key of an instance that was given none.</summary>
    public const string DefaultApiKey = "local-model-key";
}
