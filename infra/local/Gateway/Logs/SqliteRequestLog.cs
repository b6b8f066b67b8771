using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>Writes the records of all requests to the log tables.</summary>
/// <remarks>
/// A request only puts its record into a queue; one writer makes rows of what has gathered there and commits many at once.
/// When the queue is full a record is dropped and counted: a log that can not keep up must not slow the gateway down.
/// Disposing writes what waits.
/// </remarks>
internal sealed class SqliteRequestLog : IRequestLog, IAsyncDisposable
{
    private const int LargestTransaction = 8192;

    // How long a record may wait for others. Waking the writer for each would cost the requests more than the rows do; a
    // commit of very many takes a processor for long enough to show in the slowest of them.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly RequestLogOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<object> _queue;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly SqliteConnection _connection;
    private readonly LogRowWriter _rows;
    private readonly Task _loop;
    private long _written;
    private long _dropped;
    private long _untrimmed;

    /// <summary>Opens the file and starts to accept records.</summary>
    /// <exception cref="SqliteException">The file can not be opened, or is no database.</exception>
    public SqliteRequestLog(RequestLogOptions options, TimeProvider? time = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _connection = LogDatabase.OpenForWriting(options.File);
        _rows = new LogRowWriter(_connection, options.Settings);
        _queue = Channel.CreateBounded<object>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Requests whose rows were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Requests whose rows were lost, to a full queue or a file that could not be written.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public void Write(RequestRecord record)
    {
        if (!_queue.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Returns when all that came before it has been written.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(reached, cancellationToken);
        _hurry.Release();
        await reached.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            return;
        }

        _hurry.Release();
        await _loop;
        _rows.Dispose();
        await _connection.DisposeAsync();
        _hurry.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<RequestRecord>(LargestTransaction);
        var flushes = new List<TaskCompletionSource>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            await _hurry.WaitAsync(Linger);
            while (batch.Count < LargestTransaction && _queue.Reader.TryRead(out var item))
            {
                if (item is RequestRecord record)
                {
                    batch.Add(record);
                }
                else
                {
                    flushes.Add((TaskCompletionSource)item);
                }
            }

            Commit(batch);
            batch.Clear();
            flushes.ForEach(flush => flush.TrySetResult());
            flushes.Clear();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A log that fails is counted; the gateway goes on.")]
    private void Commit(List<RequestRecord> batch)
    {
        try
        {
            _rows.Write(batch, _time.GetUtcNow() + _options.IngestionDelay);
            Interlocked.Add(ref _written, batch.Count);
            _untrimmed += batch.Count;
            if (_untrimmed > _options.Retention / 10)
            {
                LogDatabase.Trim(_connection, _options.Retention);
                _untrimmed = 0;
            }
        }
        catch (Exception)
        {
            Interlocked.Add(ref _dropped, batch.Count);
        }
    }
}

/// <summary>What a <see cref="SqliteRequestLog"/> is started with.</summary>
internal sealed record RequestLogOptions
{
    public required string File { get; init; }

    public required LogSettings Settings { get; init; }

    /// <summary>How long after it was written a row can be queried. In Azure that takes minutes.</summary>
    public TimeSpan IngestionDelay { get; init; }

    /// <summary>How many records may wait for the writer.</summary>
    public int QueueCapacity { get; init; } = 65_536;

    /// <summary>How many rows a table keeps; the oldest go.</summary>
    public long Retention { get; init; } = 2_000_000;
}
