using System.Net;
using System.Net.Http.Json;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using Xunit;

namespace ContosoSuites.Tests.Functions.Settings;

/// <summary>How long a text may be is what its setting says, to the character, and each function asks its own setting.</summary>
public sealed class LengthSettingsTests
{
    [Fact]
    public async Task A_text_may_be_as_long_as_its_setting_says_and_no_longer()
    {
        await using CopilotSystem system = await CopilotSystem.StartAsync(
            ("Chat:MaxMessageLength", "41"), ("Copilot:MaxMessageLength", "43"), ("Embeddings:MaxTextLength", "47"), ("Maintenance:MaxDetailsLength", "53"));
        (string Function, int Most, string Setting, Func<string, object> Body)[] rows =
        [
            ("Chat", 41, "Chat:MaxMessageLength", text => new { message = text }),
            ("MaintenanceCopilotChat", 43, "Copilot:MaxMessageLength", text => new { message = text }),
            ("MaintenanceCopilotChat", 43, "Copilot:MaxMessageLength", text => text),
            ("Vectorize", 47, "Embeddings:MaxTextLength", text => new { text }),
            ("MaintenanceRequests", 53, "Maintenance:MaxDetailsLength", text => new { hotel_id = 1, source = "staff", details = text, location = "lobby" }),
        ];

        foreach ((string function, int most, string setting, Func<string, object> body) in rows)
        {
            using HttpResponseMessage fits = await PostAsync(system, function, body(new string('a', most)));
            using HttpResponseMessage tooLong = await PostAsync(system, function, body(new string('a', most + 1)));

            Assert.True(fits.IsSuccessStatusCode, $"{function}: {await TestSystem.TextAsync(fits)}");
            await ProblemAssert.IsProblemAsync(tooLong, HttpStatusCode.BadRequest, setting);
        }

        using HttpResponseMessage query = await system.Client.GetAsync($"Vectorize?text={new string('a', 48)}", TestContext.Current.CancellationToken);
        await ProblemAssert.IsProblemAsync(query, HttpStatusCode.BadRequest, "Embeddings:MaxTextLength");
    }

    private static Task<HttpResponseMessage> PostAsync(CopilotSystem system, string function, object body) =>
        system.Client.PostAsJsonAsync(function, body, TestContext.Current.CancellationToken);
}
