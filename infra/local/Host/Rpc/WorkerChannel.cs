using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using Grpc.Core;
using GrpcError = Grpc.Core.RpcException;

namespace ContosoSuites.Local.Host.Rpc;

/// <summary>The host's side of the event stream with one worker, from its first message to its end.</summary>
internal sealed class WorkerChannel : IDisposable
{
    private const string HttpUriCapability = "HttpUri";

    private readonly Channel<StreamingMessage> _outbox = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _questions = [];
    private readonly CancellationTokenSource _lost = new();
    private readonly Action<RpcLog> _log;

    /// <summary>A channel that has yet to be run.</summary>
    /// <param name="log">Takes what the worker logs.</param>
    public WorkerChannel(Action<RpcLog> log)
    {
        _log = log;
        Lost = _lost.Token;
    }

    /// <summary>Where the worker's own web server listens.</summary>
    public Uri HttpUri { get; private set; } = null!;

    /// <summary>What it can be asked to run.</summary>
    public IReadOnlyList<WorkerFunction> Functions { get; private set; } = [];

    /// <summary>Cancelled when the stream has ended.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Carries messages both ways until the worker is gone.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken aborted)
    {
        Task write = WriteAsync(outgoing, aborted);
        try
        {
            await foreach (StreamingMessage message in incoming.ReadAllAsync(aborted))
            {
                if (message.ContentCase is StreamingMessage.ContentOneofCase.RpcLog)
                {
                    _log(message.RpcLog);
                }
                else if (_questions.TryRemove(message.RequestId, out TaskCompletionSource<StreamingMessage>? question))
                {
                    question.TrySetResult(message);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or GrpcError)
        {
            // A killed worker's connection breaks: that is its end like any other.
        }

        // Those who look for another worker are told before those who hoped for this one's answer.
        await _lost.CancelAsync();
        _outbox.Writer.TryComplete();
        foreach (TaskCompletionSource<StreamingMessage> question in _questions.Values)
        {
            question.TrySetException(new WorkerGoneException());
        }

        await write;
    }

    /// <summary>Makes the worker ready for invocations.</summary>
    /// <param name="appDirectory">The folder with the app's files.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FunctionsHostException">The worker refuses.</exception>
    public async Task InitializeAsync(string appDirectory, CancellationToken cancellationToken)
    {
        WorkerInitResponse started = (await AskAsync(
            new() { WorkerInitRequest = new() { HostVersion = "4.0.0", FunctionAppDirectory = appDirectory } }, cancellationToken)).WorkerInitResponse;
        Check(started.Result, "start");
        HttpUri = new Uri(started.Capabilities[HttpUriCapability]);
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

    /// <summary>Runs a function.</summary>
    /// <param name="request">What to run; its invocation id is the caller's choice.</param>
    /// <param name="cancellationToken">Cancels the invocation, whose answer then still comes.</param>
    /// <exception cref="WorkerGoneException">The worker ended first.</exception>
    public async Task<StatusResult> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        Task<StreamingMessage> answer = AskAsync(new() { RequestId = request.InvocationId, InvocationRequest = request }, CancellationToken.None);
        await using CancellationTokenRegistration cancel = cancellationToken.Register(() =>
            _outbox.Writer.TryWrite(new() { InvocationCancel = new() { InvocationId = request.InvocationId } }));
        return (await answer).InvocationResponse.Result;
    }

    /// <summary>Asks the worker to end by itself.</summary>
    public void Terminate() => _outbox.Writer.TryWrite(new() { WorkerTerminate = new() });

    public void Dispose() => _lost.Dispose();

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
            try
            {
                await client.ConnectAsync(HttpUri.Host, HttpUri.Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
            }
        }
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        if (question.RequestId.Length == 0)
        {
            question.RequestId = Guid.NewGuid().ToString();
        }

        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[question.RequestId] = answer;
        if (!_outbox.Writer.TryWrite(question))
        {
            throw new WorkerGoneException();
        }

        return await answer.Task.WaitAsync(cancellationToken);
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken aborted)
    {
        try
        {
            await foreach (StreamingMessage message in _outbox.Reader.ReadAllAsync(aborted))
            {
                await outgoing.WriteAsync(message, aborted);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException or GrpcError)
        {
            // The stream is over; the reading side says so to whoever waits.
        }
    }
}
