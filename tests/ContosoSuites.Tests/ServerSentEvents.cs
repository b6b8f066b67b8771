using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>Reads an event stream with the parser of the framework.</summary>
internal static class ServerSentEvents
{
    public static async Task<List<(string Name, JsonElement Data)>> ReadAsync(HttpResponseMessage response)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var events = new List<(string, JsonElement)>();
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add((item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data)));
        }

        return events;
    }
}
