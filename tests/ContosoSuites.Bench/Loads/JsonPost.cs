using System.Net.Http.Headers;

namespace ContosoSuites.Bench.Loads;

/// <summary>Sends the same JSON over and over, by one HttpClient for whatever is compared.</summary>
internal sealed class JsonPost : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseProxy = false, UseCookies = false });

    /// <summary>A kind of call.</summary>
    /// <param name="name">What the result calls it.</param>
    /// <param name="address">Where to.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="key">The header <c>api-key</c>; null for none.</param>
    public CallKind To(string name, Uri address, byte[] body, string? key = null) => CallKind.Of(name, () => SendAsync(address, body, key));

    /// <summary>A kind of call that sends nothing.</summary>
    public CallKind Get(string name, Uri address) => CallKind.Of(name, async () =>
    {
        using HttpResponseMessage response = await _client.GetAsync(address);
        response.EnsureSuccessStatusCode();
    });

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(Uri address, byte[] body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
        {
            request.Headers.Add("api-key", key);
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
