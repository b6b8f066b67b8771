using System.Globalization;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>A folder like infra/gateway, in which a test can change files.</summary>
internal sealed class GatewayFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");

    public GatewayFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Deployed))
        {
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
        }
    }

    /// <summary>The files that are deployed.</summary>
    public static string Deployed { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "gateway");

    public string Path => _folder.FullName;

    public GatewayFolder With(string file, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), text);
        return this;
    }

    public GatewayFolder WithPolicy(string inbound = "", string backend = "<base />", string outbound = "", string onError = "") => With("policy.xml", $"""
        <policies>
            <inbound><base />{inbound}<set-backend-service backend-id="openai-chat" /></inbound>
            <backend>{backend}</backend>
            <outbound><base />{outbound}</outbound>
            <on-error><base />{onError}</on-error>
        </policies>
        """);

    /// <summary>backends.json with other instances, called b0, b1 and so on.</summary>
    public GatewayFolder WithBackends(IEnumerable<(int Priority, int Weight)> backends, int failureCount = 1) => With("backends.json", $$"""
        {
          "instances": [
            {{string.Join(",\n", backends.Select((backend, index) => string.Create(CultureInfo.InvariantCulture, $$"""{ "name": "b{{index}}", "region": "region{{index}}", "priority": {{backend.Priority}}, "weight": {{backend.Weight}} }""")))}}
          ],
          "deployments": [{ "name": "chat", "pool": "openai-chat" }, { "name": "embeddings", "pool": "openai-embeddings" }],
          "attemptTimeoutSeconds": 60,
          "circuitBreaker": {
            "name": "breaker", "failureCount": {{failureCount}}, "interval": "PT10S", "tripDuration": "PT10S", "acceptRetryAfter": true,
            "statusCodeRanges": [{ "min": 408, "max": 408 }, { "min": 429, "max": 429 }, { "min": 499, "max": 500 }, { "min": 502, "max": 504 }]
          },
          "namedValues": { "openai-trip-seconds": "10" }
        }
        """);

    public void Dispose() => _folder.Delete(recursive: true);
}
