using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>Writes the records of all requests to the log tables.</summary>
/// <remarks>
/// A request only puts its record into a queue; one writer makes rows of what has gathered there and commits many at once.
/// When the queue is full a record is dropped and counted: a log that can not keep up must not slow the gateway down.
/// Disposing writes what waits.
/// </remarks>
internal sealed partial class SqliteRequestLog : IRequestLog, IAsyncDisposable
{
    /// <summary>The name of the meter with the counters gateway.log.written and gateway.log.dropped.</summary>
    public const string MeterName = "ContosoSuites.Local.Gateway.Logs";

    private const int LargestTransaction = 8192;

    // How long a record may wait for others. Waking the writer for each would cost the requests more than the rows do; a
    // commit of very many takes a processor for long enough to show in the slowest of them.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly RequestLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SqliteRequestLog> _logger;
    private readonly Channel<object> _queue;
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly SqliteConnection _connection;
    private readonly LogRowWriter _rows;
    private readonly Meter _meter = new(MeterName);
    private readonly Task _loop;
    private long _written;
    private long _dropped;
    private long _reportedDrops;
    private long _untrimmed;

    /// <summary>Opens the file and starts to accept records.</summary>
    /// <exception cref="SqliteException">The file can not be opened, or is no database.</exception>
    public SqliteRequestLog(RequestLogOptions options, TimeProvider? time = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SqliteRequestLog>();
        _connection = LogDatabase.OpenForWriting(options.File);
        _rows = new LogRowWriter(_connection, options.Settings);
        _queue = Channel.CreateBounded<object>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _meter.CreateObservableCounter("gateway.log.written", () => Written, "{request}", "Requests whose rows were written.");
        _meter.CreateObservableCounter("gateway.log.dropped", () => Dropped, "{request}", "Requests whose rows were lost.");
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
        ReportDrops();
        _rows.Dispose();
        await _connection.DisposeAsync();
        _meter.Dispose();
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
            ReportDrops();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A log that fails is counted and reported; the gateway goes on.")]
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
        catch (Exception exception)
        {
            Interlocked.Add(ref _dropped, batch.Count);
            LogWriteFailed(_options.File, exception);
        }
    }

    private void ReportDrops()
    {
        var dropped = Dropped;
        if (dropped != _reportedDrops)
        {
            LogDropped(dropped - _reportedDrops, dropped);
            _reportedDrops = dropped;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The logs of {Count} requests were dropped, {Total} since the start.")]
    private partial void LogDropped(long count, long total);

    [LoggerMessage(2, LogLevel.Error, "The request log {File} can not be written.")]
    private partial void LogWriteFailed(string file, Exception exception);
}
