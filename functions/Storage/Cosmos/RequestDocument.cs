using System.Text.Json;
using System.Text.Json.Nodes;
using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>A maintenance request as an item: its JSON, with the date in the form that sorts.</summary>
internal static class RequestDocument
{
    /// <summary>The property that holds the embedding; the container's vector policy names it too.</summary>
    public const string VectorPath = "/request_vector";

    /// <summary>The property that says whether there is one.</summary>
    public const string EmbeddedPath = "/embedded";

    /// <summary>The item.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keyClaim">The id of the claim on its idempotency key; null where it came without a key.</param>
    public static JsonObject Of(MaintenanceRequest request, string? keyClaim = null)
    {
        JsonObject document = JsonSerializer.SerializeToNode(request)!.AsObject();
        document["date"] = StoredTime.Format(request.Date);
        if (keyClaim is not null)
        {
            document["idempotency_key"] = keyClaim;
        }

        return document;
    }
}
