using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>
/// Describes the HTTP contract in OpenAPI, one class a capability. The limits in it are the configured ones. What a function's
/// attributes say is written here a second time, because they say too little; a test holds the two together.
/// </summary>
/// <param name="chat">Section <c>Chat</c>.</param>
/// <param name="embeddings">Section <c>Embeddings</c>.</param>
/// <param name="maintenance">Section <c>Maintenance</c>.</param>
/// <param name="copilot">Section <c>Copilot</c>.</param>
public sealed class ApiDescription(
    ChatSettings chat, EmbeddingSettings embeddings, MaintenanceSettings maintenance, CopilotSettings copilot)
{
    /// <summary>Makes the document.</summary>
    /// <param name="server">Where the API is: the address before every path.</param>
    public OpenApiDocument Create(string server)
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "Contoso Suites Functions",
                Version = "1.0",
                Description = "Chat, embeddings, hotels, maintenance requests and the maintenance copilot of the Contoso Suites hotel group.",
            },
            Servers = [new OpenApiServer { Url = server }],
            Paths = [],
            Components = new OpenApiComponents(),
            Tags = new HashSet<OpenApiTag>(),
        };

        Problems.AddTo(document);
        FunctionKey.AddTo(document);
        ChatPaths.AddTo(document, chat);
        EmbeddingPaths.AddTo(document, embeddings);
        HotelPaths.AddTo(document);
        MaintenancePaths.AddTo(document, maintenance);
        VectorSearchPaths.AddTo(document, embeddings);
        CopilotPaths.AddTo(document, copilot);
        DistributionPaths.AddTo(document);
        DistributionChartPaths.AddTo(document);
        ServicePaths.AddTo(document);
        return document;
    }
}
