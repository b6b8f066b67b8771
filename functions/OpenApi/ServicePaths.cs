using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>What is about the app itself.</summary>
internal static class ServicePaths
{
    private const string Tag = "Service";

    private const string AllIsWell =
        """
        {
          "status": "Healthy",
          "checks": {
            "apiManagement": {"status": "Healthy", "description": "The gateway answers.", "milliseconds": 3.1},
            "storage": {"status": "Healthy", "description": "The store (sqlite) answers.", "milliseconds": 0.4},
            "backendDistribution": {
              "status": "Healthy", "milliseconds": 0.3,
              "description": "Collected up to 2027-03-01 12:00:04Z, 2 minutes behind. The last run ended at 2027-03-01 12:00:07Z."
            }
          }
        }
        """;

    private const string NoGateway =
        """
        {
          "status": "Unhealthy",
          "checks": {
            "apiManagement": {
              "status": "Unhealthy", "description": "The gateway can not be reached. Check ApiManagement:Endpoint.", "milliseconds": 2.2
            },
            "storage": {"status": "Healthy", "description": "The store (sqlite) answers.", "milliseconds": 0.4}
          }
        }
        """;

    public static void AddTo(OpenApiDocument document)
    {
        Schema.Property status = Schema.Text("How it is.", values: ["Healthy", "Degraded", "Unhealthy"]);
        document.AddComponent<IOpenApiSchema>("Health", Schema.Object(
            "What is reachable.",
            ("status", status),
            ("checks", new Schema.Property(new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "One entry a dependency.",
                AdditionalProperties = Schema.Object(
                    "A dependency.",
                    ("status", status),
                    ("description", Schema.Text("What was found, and what to check.").OrNull()),
                    ("milliseconds", Schema.Number("How long it took to find out."))),
            }))));

        Operation.Add(document, Tag, HttpMethod.Get, "/health", "Health", "What is reachable, dependency by dependency")
            .Anonymous()
            .Answer(200, "Everything is reachable.", new OpenApiSchemaReference("Health", document), AllIsWell)
            .Answer(503, "Something is not.", new OpenApiSchemaReference("Health", document), NoGateway);
        Operation.Add(document, Tag, HttpMethod.Get, "/openapi.json", "OpenApi", "This document")
            .Answer(
                200, "The document.", new OpenApiSchema { Type = JsonSchemaType.Object, Description = "An OpenAPI 3.1 document." },
                """{"openapi": "3.1.1"}""")
            .Problem(503);
    }
}
