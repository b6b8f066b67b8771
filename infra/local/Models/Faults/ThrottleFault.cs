using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Answers 429 as if the token rate were used up.</summary>
/// <param name="RetryAfter">When the caller may come back; null leaves the headers out.</param>
public sealed record ThrottleFault(
    [property: JsonPropertyName("retryAfterSeconds"), JsonConverter(typeof(SecondsConverter))] TimeSpan? RetryAfter = null) : ModelFault
{
    internal override void Validate()
    {
        base.Validate();
        CheckWait(RetryAfter, "retryAfterSeconds");
    }

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        ModelError error = ModelError.TooManyRequests(
            exchange.Route.Operation, exchange.Http.Request.Query["api-version"], "token", RetryAfter ?? TimeSpan.FromMinutes(1));
        await exchange.SendErrorAsync(error with { RetryAfter = RetryAfter });
        return true;
    }
}
