using System.ComponentModel.DataAnnotations;
using ContosoSuites.Functions.Settings;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Section <c>ApiManagement</c>: the gateway that every model call goes to.</summary>
public sealed class ApiManagementOptions
{
    /// <summary>The gateway's base address, without <c>/openai</c>; a path in it is kept.</summary>
    [Required(ErrorMessage = "is missing: it is the address of the API Management gateway, such as https://contoso.azure-api.net.")]
    [HttpAddress(ErrorMessage = "is not an http(s) address.")]
    public string Endpoint { get; set; } = "";

    /// <summary>The subscription key that API Management gave this app.</summary>
    [Required(ErrorMessage = "is missing: it is the API Management subscription key of this app.")]
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// Seconds until a model call without an answer, or a stream without news, is given up. The gateway needs the time for all
    /// of its attempts: <c>attemptTimeoutSeconds</c> of infra/gateway/backends.json, three times.
    /// </summary>
    [Range(1, 600, ErrorMessage = "must be from 1 to 600 seconds.")]
    public int ModelCallTimeoutSeconds { get; set; } = 200;

    /// <summary>Seconds until a function that is to answer is not let wait for models any longer. Azure gives up after 230.</summary>
    [Range(1, 225, ErrorMessage = "must be from 1 to 225 seconds: Azure ends an HTTP answer after 230.")]
    public int TurnTimeoutSeconds { get; set; } = 220;

    /// <summary>Longest wait, in seconds, before the one retry. An answer that asks for a longer one goes to the caller at once.</summary>
    [Range(0, 60, ErrorMessage = "must be from 0 to 60 seconds.")]
    public int MaxRetryWaitSeconds { get; set; } = 5;

    internal TimeSpan ModelCallTimeout => TimeSpan.FromSeconds(ModelCallTimeoutSeconds);

    internal TimeSpan TurnTimeout => TimeSpan.FromSeconds(TurnTimeoutSeconds);

    internal TimeSpan MaxRetryWait => TimeSpan.FromSeconds(MaxRetryWaitSeconds);
}
