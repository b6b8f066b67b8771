namespace ContosoSuites.Bench;

/// <summary>What the Function App is held against: a bare ASP.NET Core endpoint, as the Web API that the app replaces has them.</summary>
internal sealed class BareEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareEndpoint(WebApplication app) => _app = app;

    /// <summary>Where it answers <c>{"message"}</c> with a text.</summary>
    public Uri Address => new(new Uri(_app.Urls.Single()), "api/Chat");

    /// <param name="answerAsync">The text that a message is answered with.</param>
    public static async Task<BareEndpoint> StartAsync(Func<string, CancellationToken, Task<string>> answerAsync)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        // As deployed: a logger is there, so requests have activities and model calls carry traceparent, as the function's do.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPost("/api/Chat", async (Question question, CancellationToken cancellationToken) =>
            Results.Text(await answerAsync(question.Message, cancellationToken)));
        await app.StartAsync();
        return new BareEndpoint(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Question(string Message);
}
