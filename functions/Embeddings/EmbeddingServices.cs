using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>Text embeddings.</summary>
internal static class EmbeddingServices
{
    /// <summary>Reads section <c>Embeddings</c>.</summary>
    public static void AddEmbeddings(this IHostApplicationBuilder builder) => builder.AddSettings<EmbeddingSettings>("Embeddings");
}
