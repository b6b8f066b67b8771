using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Core;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Makes the client of the account. One serves the whole app: it keeps connections, and what it knows of the containers.</summary>
internal static class CosmosClientFactory
{
    /// <summary>Makes a client that calls as the given credential.</summary>
    public static CosmosClient Create(string accountEndpoint, TokenCredential credential, ILogger<RequestChargeLog> logger) =>
        new(accountEndpoint, credential, CreateOptions(logger));

    /// <summary>How every client of this app works: direct mode, System.Text.Json, the SDK's own retries when throttled.</summary>
    public static CosmosClientOptions CreateOptions(ILogger<RequestChargeLog> logger)
    {
        var options = new CosmosClientOptions
        {
            ApplicationName = "ContosoSuites",
            ConnectionMode = ConnectionMode.Direct,

            // What was written is known to who wrote it; a vector would only come back over the network.
            EnableContentResponseOnWrite = false,

            // Escaped, a letter beyond ASCII would take six bytes of the two megabytes that an item may have.
            UseSystemTextJsonSerializerWithOptions = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
        };
        options.CustomHandlers.Add(new RequestChargeLog(logger));
        return options;
    }
}
