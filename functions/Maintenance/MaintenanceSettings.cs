using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>Section <c>Maintenance</c>.</summary>
public sealed class MaintenanceSettings
{
    /// <summary>The longest description of what is wrong, in UTF-16 characters.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000 characters.")]
    public int MaxDetailsLength { get; set; } = 4000;

    /// <summary>Seconds that storing a request waits for its embedding; 0 leaves it to EmbedPendingRequests.</summary>
    [Range(0, 60, ErrorMessage = "must be from 0 to 60 seconds.")]
    public int InlineEmbeddingSeconds { get; set; } = 3;

    internal TimeSpan InlineEmbeddingTime => TimeSpan.FromSeconds(InlineEmbeddingSeconds);
}
