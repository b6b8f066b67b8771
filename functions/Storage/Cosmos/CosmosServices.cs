using Azure.Core;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Health;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>The stores in Cosmos DB.</summary>
internal static class CosmosServices
{
    /// <summary>Adds the stores, over one client that calls as the app's identity.</summary>
    public static void AddCosmosStores(this IHostApplicationBuilder builder, CosmosSettings settings)
    {
        builder.AddAzureCredential();
        builder.Services.TryAddSingleton(services => CosmosClientFactory.Create(
            settings.AccountEndpoint, services.GetRequiredService<TokenCredential>(), services.GetRequiredService<ILogger<RequestChargeLog>>()));
        builder.Services.AddSingleton(new CosmosProblems(settings, builder.Configuration.DescribeIdentity()));
        builder.Services.AddSingleton<CosmosDatabase>();
        builder.Services.AddSingleton<CosmosVectors>();
        builder.Services.AddSingleton<IHotelStore, CosmosHotelStore>();
        builder.Services.AddSingleton<IMaintenanceRequestStore, CosmosMaintenanceRequestStore>();
        builder.Services.AddSingleton<IConversationStore, CosmosConversationStore>();
        builder.Services.AddSingleton<IDistributionStore, CosmosDistributionStore>();
        builder.Services.AddSingleton<IStorageProbe, CosmosProbe>();
    }
}
