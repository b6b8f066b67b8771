using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>A server that keeps each request as it arrived and gives the prepared answers in turn, the last one again and again.</summary>
internal sealed class RecordingModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Answer> _answers;

    private RecordingModel(WebApplication app, IEnumerable<Answer> answers)
    {
        _app = app;
        _answers = new ConcurrentQueue<Answer>(answers);
    }

    public ConcurrentQueue<Recorded> Requests { get; } = [];

    public string Endpoint => _app.Urls.Single();

    public static async Task<RecordingModel> StartAsync(params Answer[] answers)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        WebApplication app = builder.Build();
        var model = new RecordingModel(app, answers);
        app.Run(model.AnswerAsync);
        await app.StartAsync();
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(new Recorded(
            context.Request.Method,
            context.Request.Path,
            context.Request.QueryString.Value!,
            context.Request.Protocol,
            context.Request.ContentLength,
            Encoding.UTF8.GetByteCount(body),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            JsonSerializer.Deserialize<JsonElement>(body)));

        Answer answer = (_answers.Count > 1 && _answers.TryDequeue(out Answer? next)) || _answers.TryPeek(out next) ? next : new Answer("{}", 500);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    internal sealed record Answer(string Body, int Status = 200, string ContentType = "application/json")
    {
        public Dictionary<string, string> Headers { get; init; } = [];
    }

    internal sealed record Recorded(
        string Method, string Path, string Query, string Protocol, long? ContentLength, int BodyLength, Dictionary<string, string> Headers, JsonElement Body);
}
