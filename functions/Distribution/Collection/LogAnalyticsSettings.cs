using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using ContosoSuites.Functions.Settings;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Section <c>LogAnalytics</c>: the workspace that API Management writes its logs to.</summary>
public sealed class LogAnalyticsSettings : IValidatableObject
{
    /// <summary>The workspace's id, a GUID. Without it nothing is collected.</summary>
    public string WorkspaceId { get; set; } = "";

    /// <summary>The address of the query API; another one in a sovereign cloud.</summary>
    [Required(ErrorMessage = "is empty: leave it out for https://api.loganalytics.io.")]
    [HttpAddress(ErrorMessage = "is not an http(s) address.")]
    public string Endpoint { get; set; } = "https://api.loganalytics.io";

    /// <summary>Seconds that a query may take, its retries included.</summary>
    [Range(10, 600, ErrorMessage = "must be from 10 to 600 seconds.")]
    public int TimeoutSeconds { get; set; } = 300;

    internal bool IsConfigured => WorkspaceId.Length > 0;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Whether calls carry a token. Only an address on this machine does without; no token goes over plain HTTP.</summary>
    internal bool WantsCredential => new Uri(Endpoint).Scheme == Uri.UriSchemeHttps;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1033:Interface methods should be callable by child types", Justification = "The class is sealed.")]
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (IsConfigured && !Guid.TryParse(WorkspaceId, out _))
        {
            yield return new ValidationResult(
                "is not a workspace id. It is the GUID that the workspace's overview shows, not its name or resource id.", [nameof(WorkspaceId)]);
        }

        if (Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? endpoint) && endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            yield return new ValidationResult("is plain HTTP to another machine: use https.", [nameof(Endpoint)]);
        }
    }
}
