using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Waits before it answers, and then answers well.</summary>
/// <param name="Delay">How long it waits.</param>
public sealed record DelayHeadersFault(
    [property: JsonPropertyName("delaySeconds"), JsonConverter(typeof(SecondsConverter))] TimeSpan Delay) : ModelFault
{
    internal override void Validate()
    {
        base.Validate();
        CheckWait(Delay, "delaySeconds");
    }

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        await Task.Delay(Delay, exchange.TimeProvider, exchange.CancellationToken);
        return false;
    }
}
