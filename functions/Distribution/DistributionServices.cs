using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Distribution;

/// <summary>Who served what.</summary>
internal static class DistributionServices
{
    /// <summary>Reads section <c>BackendDistribution</c>.</summary>
    public static void AddDistribution(this IHostApplicationBuilder builder)
    {
        DistributionSettings settings = builder.AddSettings<DistributionSettings>(DistributionSettings.Section);
        builder.Services.AddSingleton(BackendConfiguration.Load(settings.Backends));
        builder.Services.AddSingleton<DistributionReports>();
    }
}
