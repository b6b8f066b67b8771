using System.Collections.Concurrent;
using System.Text;
using ContosoSuites.Local.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Functions.Telemetry;

/// <summary>Takes what comes by OTLP over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = [];

    private OtlpReceiver()
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0);
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>The spans of a trace. Activity sources are process-wide: those of other tests come here as well.</summary>
    public IReadOnlyList<OtlpSpan> Trace(string traceId) =>
        [.. _requests.Where(request => request.Path == "/v1/traces").SelectMany(request => OtlpSpan.Read(request.Body)).Where(span => span.TraceId == traceId)];

    /// <summary>All that has come to a path, as if it were text: names and texts stand in it as they are.</summary>
    public string Text(string path) => string.Concat(_requests.Where(request => request.Path == path).Select(request => Encoding.UTF8.GetString(request.Body)));

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        _requests.Enqueue((http.Request.Path, body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }
}
