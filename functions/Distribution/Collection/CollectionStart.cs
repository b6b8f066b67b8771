using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>
/// Notes when the app came up, and says so where nothing will be collected because no workspace is set: a choice, and one to
/// know of.
/// </summary>
internal sealed partial class CollectionStart(LogAnalyticsSettings settings, CollectionStatus status, ILogger<CollectionStart> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        status.Begin();
        if (!settings.IsConfigured)
        {
            LogOff();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "The backend distribution is not collected: set LogAnalytics:WorkspaceId to the workspace that API Management writes its logs to.")]
    private partial void LogOff();
}
