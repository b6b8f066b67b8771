using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Gateway;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Embeddings.</summary>
internal static class EmbeddingPaths
{
    public static void AddTo(OpenApiDocument document, EmbeddingSettings settings)
    {
        document.AddComponent<IOpenApiSchema>("Vector", Schema.Array(
            $"An embedding; the deployment configured makes vectors of {settings.Dimensions} numbers.", Schema.Number("A finite number.").Schema));
        Schema.Property text = Schema.Text("The text to embed.", maxLength: settings.MaxTextLength);

        (string, OpenApiHeader) servedBy = (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy);
        Answers(Operation.Add(document, "Embeddings", HttpMethod.Get, "/Vectorize", "Vectorize", "The embedding of a text")
                .Query("text", text, "microwave not working at Grand Regency"))
            .Problem([400, .. Problems.OfModelCalls], servedBy);
        Answers(Operation.Add(document, "Embeddings", HttpMethod.Post, "/Vectorize", "VectorizeBody", "The embedding of a text that is too long for an address")
                .Body("application/json", Schema.Object("The text in JSON.", ("text", text)), """{"text": "microwave not working at Grand Regency"}""")
                .Body("text/plain", text.Schema, "microwave not working at Grand Regency"))
            .Problem(408, 413, 415)
            .Problem([400, .. Problems.OfModelCalls], servedBy);

        Operation Answers(Operation operation) => operation.Answer(
            200, "The vector, shortened here.", new OpenApiSchemaReference("Vector", document), "[0.0123, -0.0456, 0.0789]", servedBy);
    }
}
