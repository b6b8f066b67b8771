using System.Globalization;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Answers with a status and Azure OpenAI's error body.</summary>
/// <param name="Code">The status, 400 to 599.</param>
/// <param name="RetryAfter">When the caller may come back; null leaves the headers out.</param>
public sealed record StatusFault(
    int Code,
    [property: JsonPropertyName("retryAfterSeconds"), JsonConverter(typeof(SecondsConverter))] TimeSpan? RetryAfter = null) : ModelFault
{
    internal override void Validate()
    {
        base.Validate();
        CheckWait(RetryAfter, "retryAfterSeconds");
        if (Code is < 400 or > 599)
        {
            throw new ArgumentException("code must be a status between 400 and 599.");
        }
    }

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        string reason = ReasonPhrases.GetReasonPhrase(Code);
        await exchange.SendErrorAsync(new ModelError(
            Code,
            reason.Length > 0 ? reason.Replace(" ", "", StringComparison.Ordinal) : Code.ToString(CultureInfo.InvariantCulture),
            $"The simulated instance was told to answer {Code}.")
        {
            RetryAfter = RetryAfter,
        });
        return true;
    }
}
