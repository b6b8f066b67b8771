using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>Maintenance requests: the API, the search and the copilot.</summary>
internal static class MaintenanceServices
{
    /// <summary>Reads sections <c>Maintenance</c> and <c>Copilot</c>, and the timers' schedules.</summary>
    public static void AddMaintenance(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<MaintenanceSettings>("Maintenance");
        builder.AddSettings<CopilotSettings>("Copilot");
        builder.CheckSchedule("EmbedPendingRequestsSchedule");
        builder.CheckSchedule("PurgeConversationsSchedule");
        builder.Services.AddTransient<RequestEmbedder>();
        builder.Services.AddTransient<CopilotTurns>();
    }
}
