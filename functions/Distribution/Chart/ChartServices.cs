using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The page that shows who served what.</summary>
internal static class ChartServices
{
    /// <summary>Adds the page. From the collector's settings it reads only what it tells its readers.</summary>
    public static void AddDistributionChart(this IHostApplicationBuilder builder)
    {
        var collection = new ChartCollection(
            IsOn: !string.IsNullOrWhiteSpace(builder.Configuration["LogAnalytics:WorkspaceId"]),
            Schedule: builder.Configuration["BackendDistributionSchedule"] ?? "");
        builder.Services.AddSingleton(new DistributionChart(collection));
    }
}
