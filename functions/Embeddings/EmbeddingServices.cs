using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>Text embeddings.</summary>
internal static class EmbeddingServices
{
    /// <summary>Reads section <c>Embeddings</c>, and puts the check of answers around the kernel's embedding model.</summary>
    public static void AddEmbeddings(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<EmbeddingSettings>("Embeddings");
        builder.Services.AddSingleton<WholeEmbeddings>();
    }
}
