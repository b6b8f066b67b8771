using System.Collections.Concurrent;
using ContosoSuites.Local.Servers;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ContosoSuites.Local.Host.Rpc;

/// <summary>The gRPC server that workers connect to: HTTP/2 without TLS on a free port of this machine.</summary>
internal sealed class WorkerServer : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> _connections = [];
    private readonly WebApplication _app;
    private readonly Action<RpcLog> _log;

    private WorkerServer(Action<RpcLog> log)
    {
        _log = log;
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port: 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        builder.Services.AddRouting().AddSingleton(this).AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        _app = builder.Build();
        _app.MapGrpcService<WorkerServer>();
    }

    public Uri Endpoint => new(_app.Urls.Single());

    public static Task<WorkerServer> StartAsync(Action<RpcLog> log, CancellationToken cancellationToken) =>
        EmbeddedServer.StartWholeAsync(new WorkerServer(log), server => server._app.StartAsync(cancellationToken));

    /// <summary>Completes when the worker of this id has connected.</summary>
    public Task<WorkerChannel> ExpectAsync(string workerId) => ConnectionOf(workerId).Task;

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken) && requestStream.Current.StartStream is { } start)
        {
            var channel = new WorkerChannel(_log);
            ConnectionOf(start.WorkerId).TrySetResult(channel);
            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private TaskCompletionSource<WorkerChannel> ConnectionOf(string workerId) =>
        _connections.GetOrAdd(workerId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
