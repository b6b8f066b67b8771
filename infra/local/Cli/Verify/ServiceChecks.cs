using System.Net;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>That the app is there, asks for its key, and reaches its store.</summary>
internal sealed class ServiceChecks(VerifiedApp app, VerifyOptions options)
{
    private const string Collecting = "backendDistribution";

    /// <summary>Whether the functions can be called.</summary>
    public bool CanCall { get; private set; }

    public IEnumerable<Check> All =>
    [
        new("Health", "GET api/health names the dependency: identity and roles for the storage, endpoint and key for API Management.", HealthAsync),
        new("Function key asked for", "The functions' authorization level, or a proxy before the app that adds a key.", AsksForKeyAsync),
        new("Hotels", "--key: 'az functionapp keys list' shows those that work. 503: the store, which health tells more of; no hotels: ./dev seed.", HotelsAsync),
    ];

    private async Task<Finding> HealthAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetWithoutKeyAsync("health", cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Finding.Failed($"{(int)response.StatusCode} {body}");
        }

        // Collecting may be behind for now, after a stop: whether it comes round is a row of its own.
        var unwell = JsonElement.Parse(body).GetProperty("checks").EnumerateObject()
            .Where(check => check.Value.GetProperty("status").GetString() != "Healthy")
            .Select(check => (check.Name, Text: $"{check.Name}: {check.Value.GetProperty("description").GetString()}"))
            .ToList();
        string text = unwell.Count == 0 ? "all dependencies are healthy" : string.Join(' ', unwell.Select(check => check.Text));
        return unwell.TrueForAll(check => check.Name == Collecting) ? Finding.Passed(text) : Finding.Failed(text);
    }

    private async Task<Finding> AsksForKeyAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetWithoutKeyAsync("Hotels", cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Finding.Passed("401 without one"),
            _ when options is { Key: null, App.IsLoopback: true } => Finding.Skipped("no key is asked for on this machine; ./dev start --enable-auth asks"),
            var status => Finding.Failed($"{(int)status} without a key, where 401 is right"),
        };
    }

    private async Task<Finding> HotelsAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync("Hotels", cancellationToken);
        CanCall = response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        return await VerifiedApp.ReadJsonAsync(response, cancellationToken) switch
        {
            { ValueKind: JsonValueKind.Array } hotels when hotels.GetArrayLength() > 0 => Finding.Passed($"{hotels.GetArrayLength()} of them"),
            { ValueKind: JsonValueKind.Array } => Finding.Failed("the list is empty"),
            _ => Finding.Failed(await ProblemText.DescribeAsync(response, cancellationToken)),
        };
    }
}
