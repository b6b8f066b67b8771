using System.Text.Json;
using ContosoSuites.Local.Models.Faults;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Every kind of fault as one writes it, and what it is.</summary>
internal static class FaultList
{
    /// <summary>An example of each kind, with all that can be said of it, and what it does.</summary>
    public static IReadOnlyList<(string Json, string Does)> Faults { get; } =
    [
        ("""{"kind":"throttle","retryAfterSeconds":20}""", "answers 429 as if the tokens were used up; without `retryAfterSeconds`, no Retry-After"),
        ("""{"kind":"status","code":503,"retryAfterSeconds":4}""", "answers a status from 400 to 599, with Retry-After or without"),
        ("""{"kind":"delayHeaders","delaySeconds":2.5}""", "answers well, but late"),
        ("""{"kind":"refuse"}""", "refuses connections, and drops those that are open"),
        ("""{"kind":"reset"}""", "resets the connection instead of answering"),
        ("""{"kind":"wrongTlsName"}""", "shows a certificate for another name; the instances have to speak https: `./dev start --models-https`"),
        ("""{"kind":"cut","afterParts":3}""", "drops the connection in the middle of a good answer, after so many events of a stream"),
        ("""{"kind":"stall","afterParts":3}""", "falls silent in the middle of a good answer"),
        ("""{"kind":"malformedJson"}""", "answers 200 with JSON that breaks off"),
        ("""{"kind":"wrongContentType"}""", "answers 200 with a web page"),
        ("""{"kind":"answer","content":"We have","finishReason":"length"}""", "says that to a chat, whole or not; also `refusal`, `tool` with `arguments`, and `afterEnd` for what a stream says after its end"),
        ("""{"kind":"errorEvent","code":"429","afterParts":3}""", "sends an error inside a 200, after so many events of a stream"),
    ];

    public static string Render() => MarkdownTable.Render(["fault", "what the instance does"], Faults.Select(fault => new[] { $"`{fault.Json}`", fault.Does }));

    public static ModelFault Read(string json) => ModelFaultJson.Read(JsonElement.Parse(json))!;
}
