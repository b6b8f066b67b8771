using Azure.Core;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Distribution;

/// <summary>Who served what: its collection and its reports.</summary>
internal static class DistributionServices
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Reads sections <c>BackendDistribution</c> and <c>LogAnalytics</c>, the timer's schedule, and setting <c>AZURE_CLIENT_ID</c>.</summary>
    public static void AddDistribution(this IHostApplicationBuilder builder)
    {
        DistributionSettings settings = builder.AddSettings<DistributionSettings>("BackendDistribution");
        LogAnalyticsSettings logAnalytics = builder.AddSettings<LogAnalyticsSettings>("LogAnalytics");
        builder.CheckSchedule("BackendDistributionSchedule");

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(BackendConfiguration.Load(settings.Backends));
        builder.Services.AddSingleton<DistributionReports>();

        builder.AddAzureCredential();
        builder.Services.AddSingleton(services => LogAnalyticsPipeline.Create(logAnalytics, services.GetRequiredService<TokenCredential>(), RetryDelay));
        builder.Services.AddSingleton<LogAnalyticsClient>();
        builder.Services.AddSingleton(services => DistributionQuery.Load(services.GetRequiredService<BackendConfiguration>()));
        builder.Services.AddSingleton<IDistributionLog>(services =>
            new DistributionLog(services.GetRequiredService<LogAnalyticsClient>(), services.GetRequiredService<DistributionQuery>()));
        builder.Services.AddSingleton<DistributionMetrics>();
        builder.Services.AddSingleton<DistributionCollector>();
        builder.Services.AddSingleton<CollectionStatus>();
        builder.Services.AddSingleton<SkewWatch>();
        builder.Services.AddSingleton<ICollectionRun, CollectionRun>();
        builder.Services.AddHostedService<CollectionStart>();
    }
}
