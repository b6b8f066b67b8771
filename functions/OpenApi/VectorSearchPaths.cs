using ContosoSuites.Functions.Embeddings;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Vector search.</summary>
internal static class VectorSearchPaths
{
    public static void AddTo(OpenApiDocument document, EmbeddingSettings settings)
    {
        document.AddComponent<IOpenApiSchema>("SimilarMaintenanceRequest", Schema.Object(
            "A maintenance request that was found.",
            ("hotelId", Schema.WholeNumber("The hotel it is about.")),
            ("hotel", Schema.Text("That hotel's name.")),
            ("details", Schema.Text("What is wrong, in the reporter's words.")),
            ("source", Schema.Text("Who reported it.")),
            ("similarityScore", Schema.Number("Cosine similarity: 1 is the same direction.", -1, 1))));
        Operation.Add(
                document, "Maintenance requests", HttpMethod.Post, "/VectorSearch", "VectorSearch", "The maintenance requests nearest to a vector",
                $"As long as no request is embedded, vectors of {settings.Dimensions} numbers are expected; then of as many as these have. The content type does not matter.")
            .Query("max_results", Schema.WholeNumber("How many at most; 0 or less for all.", absent: 0).Optional)
            .Query("minimum_similarity_score", Schema.Number("Only scores above this.", -1, 1, 0.8).Optional)
            .Body("application/json", new OpenApiSchemaReference("Vector", document), "[0.0123, -0.0456, 0.0789]")
            .Answer(
                200, "The matches, best first.", Schema.Array("Matches.", new OpenApiSchemaReference("SimilarMaintenanceRequest", document)),
                """[{"hotelId": 2, "hotel": "The Grand Regency", "details": "The microwave is not working.", "source": "customer", "similarityScore": 0.91}]""")
            .Problem(400, 408, 413, 415, 503);
    }
}
