using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Http;

/// <summary>Section <c>Http</c>.</summary>
public sealed class HttpSettings
{
    /// <summary>
    /// How many requests this instance works on at the same time. More than the platform sends to an instance before it starts
    /// another one (<c>httpConcurrency</c> in infra/main.bicep), and fewer than its memory holds.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000 requests.")]
    public int MaxConcurrentRequests { get; set; } = 500;
}
