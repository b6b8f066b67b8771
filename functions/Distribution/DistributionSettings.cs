using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Functions.Distribution;

/// <summary>Section <c>BackendDistribution</c>.</summary>
public sealed class DistributionSettings : IValidatableObject
{
    /// <summary>
    /// The deployed ones of the instances in infra/gateway/backends.json, each with its host, as in
    /// <c>openai-primary=NAME.openai.azure.com,openai-secondary=...</c>; empty for all, without hosts.
    /// </summary>
    public string Backends { get; set; } = "";

    /// <summary>Minutes that a row of the gateway's logs may take to arrive and still be counted.</summary>
    [Range(0, 1440, ErrorMessage = "must be from 0 to 1440 minutes.")]
    public int LatenessMinutes { get; set; } = 30;

    /// <summary>How many hours back the first collection looks.</summary>
    [Range(1, 720, ErrorMessage = "must be from 1 to 720 hours.")]
    public int FirstRunHours { get; set; } = 24;

    /// <summary>Days until a bin is removed.</summary>
    [Range(1, 3650, ErrorMessage = "must be from 1 to 3650 days.")]
    public int RetentionDays { get; set; } = 90;

    /// <summary>Minutes without a complete collection after which Health says degraded.</summary>
    [Range(1, 10080, ErrorMessage = "must be from 1 to 10080 minutes.")]
    public int DegradedAfterMinutes { get; set; } = 30;

    internal TimeSpan Lateness => TimeSpan.FromMinutes(LatenessMinutes);

    internal TimeSpan FirstRun => TimeSpan.FromHours(FirstRunHours);

    internal TimeSpan Retention => TimeSpan.FromDays(RetentionDays);

    internal TimeSpan DegradedAfter => TimeSpan.FromMinutes(DegradedAfterMinutes);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1033:Interface methods should be callable by child types", Justification = "The class is sealed.")]
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (BackendConfiguration.FindWrong(Backends) is { } wrong)
        {
            yield return new ValidationResult(wrong, [nameof(Backends)]);
        }
    }
}
