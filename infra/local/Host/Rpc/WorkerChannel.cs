using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using Grpc.Core;

namespace ContosoSuites.Local.Host.Rpc;

/// <summary>The host's side of the event stream with one worker, from its first message to its end.</summary>
internal sealed class WorkerChannel(Action<RpcLog> log)
{
    private readonly Channel<StreamingMessage> _outbox = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _questions = [];
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the worker's own web server listens.</summary>
    public Uri HttpUri { get; private set; } = null!;

    public IReadOnlyList<WorkerFunction> Functions { get; private set; } = [];

    public Task Lost => _lost.Task;

    /// <summary>Carries messages both ways until the worker is gone.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken aborted)
    {
        _ = WriteAsync(outgoing, aborted);
        try
        {
            // The connection of a killed worker breaks, which ends this as gRPC ends any call.
            await foreach (StreamingMessage message in incoming.ReadAllAsync(aborted))
            {
                if (message.ContentCase is StreamingMessage.ContentOneofCase.RpcLog)
                {
                    log(message.RpcLog);
                }
                else if (_questions.TryRemove(message.RequestId, out TaskCompletionSource<StreamingMessage>? question))
                {
                    question.TrySetResult(message);
                }
            }
        }
        finally
        {
            // Those who look for another worker know it before those who hoped for this one's answer.
            _lost.SetResult();
            _outbox.Writer.TryComplete();
            foreach (TaskCompletionSource<StreamingMessage> question in _questions.Values)
            {
                question.TrySetException(new WorkerGoneException());
            }
        }
    }

    /// <summary>Makes the worker ready for invocations.</summary>
    /// <exception cref="FunctionsHostException">The worker refuses.</exception>
    public async Task InitializeAsync(string appDirectory, CancellationToken cancellationToken)
    {
        WorkerInitResponse started = (await AskAsync(
            new() { WorkerInitRequest = new() { HostVersion = "4.0.0", FunctionAppDirectory = appDirectory } }, cancellationToken)).WorkerInitResponse;
        Check(started.Result, "start");
        HttpUri = new Uri(started.Capabilities["HttpUri"]);
        await WaitForWebServerAsync(cancellationToken);

        FunctionMetadataResponse functions = (await AskAsync(
            new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = appDirectory } }, cancellationToken)).FunctionMetadataResponse;
        Check(functions.Result, "describe its functions");
        Functions = [.. functions.FunctionMetadataResults.Select(WorkerFunction.Read)];
        foreach (WorkerFunction function in Functions)
        {
            StreamingMessage loaded = await AskAsync(
                new() { FunctionLoadRequest = new() { FunctionId = function.Id, Metadata = function.Metadata } }, cancellationToken);
            Check(loaded.FunctionLoadResponse.Result, $"load function {function.Name}");
        }
    }

    /// <summary>Runs a function; the invocation's id is the caller's choice. When it is cancelled, its answer still comes.</summary>
    /// <exception cref="WorkerGoneException">The worker ended first.</exception>
    public async Task<StatusResult> InvokeAsync(InvocationRequest invocation, CancellationToken cancellationToken)
    {
        Task<StreamingMessage> answer = AskAsync(new() { RequestId = invocation.InvocationId, InvocationRequest = invocation }, CancellationToken.None);
        await using CancellationTokenRegistration cancel = cancellationToken.Register(() =>
            _outbox.Writer.TryWrite(new() { InvocationCancel = new() { InvocationId = invocation.InvocationId } }));
        return (await answer).InvocationResponse.Result;
    }

    /// <summary>Asks the worker to end by itself.</summary>
    public void Terminate() => _outbox.Writer.TryWrite(new() { WorkerTerminate = new() });

    private static void Check(StatusResult result, string what)
    {
        if (result.Status is not StatusResult.Types.Status.Success)
        {
            throw new FunctionsHostException($"The app's worker could not {what}: {result.Exception?.Message}");
        }
    }

    /// <summary>A worker connects to the host before its own web server listens.</summary>
    private async Task WaitForWebServerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var client = new TcpClient();
            Task connect = client.ConnectAsync(HttpUri.Host, HttpUri.Port, cancellationToken).AsTask();
            await connect.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (connect.IsCompletedSuccessfully)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        question.RequestId = question.RequestId is { Length: > 0 } id ? id : Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[question.RequestId] = answer;
        return _outbox.Writer.TryWrite(question) ? await answer.Task.WaitAsync(cancellationToken) : throw new WorkerGoneException();
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken aborted)
    {
        await foreach (StreamingMessage message in _outbox.Reader.ReadAllAsync(aborted))
        {
            await outgoing.WriteAsync(message, aborted);
        }
    }
}

/// <summary>The worker has ended, or its connection has, while it was asked something.</summary>
internal sealed class WorkerGoneException() : Exception("The app's worker is gone.");
