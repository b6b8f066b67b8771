using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Gateway;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>Makes the embeddings by which maintenance requests are found, and stores them.</summary>
/// <param name="kernel">The way to the models.</param>
/// <param name="requests">The store.</param>
/// <param name="settings">Section <c>Maintenance</c>.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Told of embeddings put off.</param>
public sealed partial class RequestEmbedder(
    Kernel kernel, IMaintenanceRequestStore requests, MaintenanceSettings settings, TimeProvider timeProvider, ILogger<RequestEmbedder> logger)
{
    /// <summary>
    /// Embeds a request that has just been stored, if that can be done in the time that a caller is made to wait. Whatever goes
    /// wrong, the request is stored and EmbedPendingRequests will come to it.
    /// </summary>
    /// <param name="request">The stored request.</param>
    /// <returns>The request, embedded or not.</returns>
    public async Task<MaintenanceRequest> TryEmbedNowAsync(MaintenanceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Embedded || settings.InlineEmbeddingTime == TimeSpan.Zero)
        {
            return request;
        }

        using var time = new CancellationTokenSource(settings.InlineEmbeddingTime, timeProvider);
        try
        {
            await EmbedAsync(request, time.Token);
            return request with { Embedded = true };
        }
        catch (Exception e)
        {
            // Whatever it is: the caller's request is stored, and hearing otherwise would make him send it again.
            LogPutOff(request.Id, NameOf(e));
            return request;
        }
    }

    /// <summary>Embeds a request and stores the vector.</summary>
    /// <param name="request">The stored request.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task EmbedAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ReadOnlyMemory<float> vector = await kernel.EmbedAsync(TextOf(request), cancellationToken);
        await requests.SetEmbeddingAsync(request.Id, vector, cancellationToken);
    }

    /// <summary>The embedding of a text to search by, where there need not be one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Null when the model call fails.</returns>
    public async Task<ReadOnlyMemory<float>?> TryEmbedTextAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return await kernel.EmbedAsync(text, cancellationToken);
        }
        catch (ModelCallException e)
        {
            LogNotSearched(NameOf(e));
            return null;
        }
    }

    private static string NameOf(Exception exception) => (exception is ModelCallException call ? call.Cause : exception).GetType().Name;

    /// <summary>What is wrong and where: people search for both.</summary>
    private static string TextOf(MaintenanceRequest request)
    {
        string place = string.Join(", ", new[]
        {
            request.RoomNumber is null ? null : $"room {request.RoomNumber}",
            request.Location,
            request.Hotel,
        }.Where(part => part is not null));
        return $"{request.Details} ({place})";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Maintenance request {Id} is stored but not embedded yet ({Exception}); EmbedPendingRequests will do it.")]
    private partial void LogPutOff(string id, string exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Similar maintenance requests were not looked for: the embedding failed ({Exception}).")]
    private partial void LogNotSearched(string exception);
}
