using ContosoSuites.Functions.Distribution.Collection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>The page that shows who served what.</summary>
internal static class ChartServices
{
    /// <summary>Adds the page. The schedule is the one that the timer's trigger names; the app's own code has no other use for it.</summary>
    public static void AddDistributionChart(this IHostApplicationBuilder builder)
    {
        string schedule = builder.Configuration["BackendDistributionSchedule"] ?? "";
        builder.Services.AddSingleton(_ => PageAssets.Load());
        // In the scope of an invocation, as what renders components wants it.
        builder.Services.AddScoped(services => new DistributionChart(
            new ChartCollection(services.GetRequiredService<LogAnalyticsSettings>().IsConfigured, schedule),
            services.GetRequiredService<PageAssets>(),
            services,
            services.GetRequiredService<ILoggerFactory>()));
    }
}
