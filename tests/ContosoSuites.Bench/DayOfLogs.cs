using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Bench;

/// <summary>The logs of a day, as the gateway would have written them: chats and embeddings, some of them retried, at even distances.</summary>
internal static class DayOfLogs
{
    private const int Transaction = 10_000;

    // A quarter of an hour short of a day: the time that the writing takes must not push the first rows out of the last 24 hours.
    private static readonly TimeSpan Length = TimeSpan.FromHours(23.75);

    private static readonly (string Name, string Region)[] Backends = [("openai-primary", "swedencentral"), ("openai-secondary", "francecentral")];
    private static readonly (string Function, string Deployment, string Operation)[] Calls =
        [("Chat", "gpt-5.4-mini", "chat/completions"), ("MaintenanceCopilotChat", "gpt-5.4-mini", "chat/completions"), ("Vectorize", "text-embedding-3-small", "embeddings")];

    /// <summary>Writes so many requests of the day before <paramref name="end"/>, each a row in both tables.</summary>
    public static void Write(string file, int requests, DateTimeOffset end)
    {
        var random = new Random(7);
        TimeSpan distance = Length / requests;
        using SqliteConnection connection = LogDatabase.OpenForWriting(file);
        using var writer = new LogRowWriter(connection, new LogSettings("local", ["x-contoso-function"], new UrlSecrets([GatewaySubscription.Local])));
        foreach (int[] numbers in Enumerable.Range(1, requests).Chunk(Transaction))
        {
            writer.Write([.. numbers.Select(number => NewRequest(random, end - (number * distance)))], end);
        }
    }

    private static RequestRecord NewRequest(Random random, DateTimeOffset time)
    {
        var id = new byte[16];
        random.NextBytes(id);
        (string function, string deployment, string operation) = Calls[random.Next(Calls.Length)];
        int served = random.Next(Backends.Length);
        int milliseconds = random.Next(100, 2000);
        bool isRetried = random.Next(10) == 0;
        var url = new RequestUrl("http", new HostString("localhost", 7080), $"/openai/deployments/{deployment}/{operation}", new QueryString("?api-version=2025-04-01-preview"));
        var request = new RequestRecord(new Guid(id), time)
        {
            Method = "POST",
            Url = url,
            ApiId = "azure-openai",
            OperationId = operation,
            SubscriptionId = "local",
            RequestHeaders = [function],
            ResponseCode = StatusCodes.Status200OK,
            TotalTime = TimeSpan.FromMilliseconds(milliseconds),
            Usage = new LlmUsage(deployment, deployment, random.Next(50, 900), random.Next(200), 0, IsStream: false),
        };
        var traces = new List<string>();
        if (isRetried)
        {
            Attempt(1 - served, StatusCodes.Status429TooManyRequests, 5);
        }

        Attempt(served, StatusCodes.Status200OK, milliseconds);
        request.Traces.Add(new TraceRecord("backend-attempt", "information", string.Join('|', traces)));
        return request;

        void Attempt(int backend, int code, int duration)
        {
            (string name, string region) = Backends[backend];
            traces.Add($"attempt={traces.Count + 1};region={region};code={code};host={name}.openai.azure.com:443;ms={duration}");
            request.Attempts.Add(new AttemptRecord($"{name}-{(operation == "embeddings" ? "embeddings" : "chat")}", new Uri($"https://{name}.openai.azure.com/openai"), code, ForwardError.None, TimeSpan.FromMilliseconds(duration)));
        }
    }
}
