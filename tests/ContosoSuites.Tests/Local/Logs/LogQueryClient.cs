using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Local.Logs;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>Sends queries as a client of Log Analytics does.</summary>
internal static class LogQueryClient
{
    /// <summary>Sends a body to the query route of any workspace.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient client, Uri endpoint, object body, CancellationToken cancellationToken) =>
        client.PostAsJsonAsync(new Uri(endpoint, "v1/workspaces/00000000-0000-0000-0000-000000000001/query"), body, cancellationToken);

    /// <summary>The rows of a file's query as it stands there: the last 24 hours.</summary>
    public static async Task<JsonElement> QueryAsync(HttpClient client, Uri endpoint, string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(client, endpoint, new { query = LogQueries.Kql(name) }, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("tables")[0].GetProperty("rows");
    }

    /// <summary>Asks again until the rows are as expected: a request is logged only after it was answered.</summary>
    public static async Task<JsonElement> UntilAsync(HttpClient client, Uri endpoint, string name, Func<JsonElement, bool> expected, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var rows = await QueryAsync(client, endpoint, name, giveUp.Token);
            if (expected(rows))
            {
                return rows;
            }

            await Task.Delay(20, giveUp.Token);
        }
    }
}
