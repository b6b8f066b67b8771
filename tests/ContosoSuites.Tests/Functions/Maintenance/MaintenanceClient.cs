using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance;

/// <summary>The maintenance functions as a caller uses them.</summary>
internal static class MaintenanceClient
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends a request to store.</summary>
    public static async Task<HttpResponseMessage> PostRequestAsync(this HttpClient app, object request, string? idempotencyKey = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "MaintenanceRequests") { Content = JsonContent.Create(request) };
        if (idempotencyKey is not null)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await app.SendAsync(message, Cancellation);
    }

    /// <summary>Stores a request.</summary>
    public static async Task<MaintenanceRequest> StoreAsync(this HttpClient app, object request)
    {
        using HttpResponseMessage response = await app.PostRequestAsync(request);
        return await ReadAsync(response, HttpStatusCode.Created);
    }

    /// <summary>Reads a request out of an answer.</summary>
    public static async Task<MaintenanceRequest> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string body = await TestSystem.TextAsync(response);
        Assert.True(response.StatusCode == status, $"Expected {(int)status}, got {(int)response.StatusCode}: {body}");
        return JsonSerializer.Deserialize<MaintenanceRequest>(body)!;
    }

    /// <summary>All pages of a list, by the addresses in their Link headers.</summary>
    public static async Task<List<MaintenanceRequest>> ListAllAsync(this HttpClient app, string query = "")
    {
        var all = new List<MaintenanceRequest>();
        for (string? next = $"MaintenanceRequests{query}"; next is not null;)
        {
            (List<MaintenanceRequest> items, next) = await app.ListAsync(next);
            all.AddRange(items);
        }

        return all;
    }

    /// <summary>One page and the address of the next one.</summary>
    public static async Task<(List<MaintenanceRequest> Items, string? Next)> ListAsync(this HttpClient app, string address)
    {
        using HttpResponseMessage response = await app.GetAsync(address, Cancellation);
        string body = await TestSystem.TextAsync(response);
        Assert.True(response.IsSuccessStatusCode, body);
        JsonElement page = JsonElement.Parse(body);
        string? link = response.Headers.TryGetValues("Link", out IEnumerable<string>? links) ? Assert.Single(links) : null;
        Assert.Equal(link is null, page.GetProperty("continuation_token").ValueKind == JsonValueKind.Null);
        return (page.GetProperty("items").Deserialize<List<MaintenanceRequest>>()!, link is null ? null : link[1..link.IndexOf('>', StringComparison.Ordinal)]);
    }

    /// <summary>The embedding of a text.</summary>
    public static async Task<float[]> VectorizeAsync(this HttpClient app, string text) =>
        (await app.GetFromJsonAsync<float[]>($"Vectorize?text={Uri.EscapeDataString(text)}", Cancellation))!;

    /// <summary>Searches by a vector.</summary>
    public static async Task<List<SimilarMaintenanceRequest>> SearchAsync(this HttpClient app, float[] vector, string query = "")
    {
        using HttpResponseMessage response = await app.PostAsJsonAsync($"VectorSearch{query}", vector, Cancellation);
        string body = await TestSystem.TextAsync(response);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<List<SimilarMaintenanceRequest>>(body)!;
    }

    /// <summary>Runs the timer that embeds, to its end.</summary>
    public static async Task EmbedPendingAsync(this TestSystem system)
    {
        Assert.Null(await system.Local.App!.RunTimerAsync("EmbedPendingRequests"));
        Every.One(await system.App.ListAllAsync("?page_size=200"), request => Assert.True(request.Embedded));
    }
}
