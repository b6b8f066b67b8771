using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>A write that waits for its transaction, and its caller who waits for that transaction to be durable.</summary>
internal abstract class PendingWrite
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int GivenUp = 2;

    private int _state;

    /// <summary>Claims the write for a transaction. False when its caller has given it up.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>Gives the write up, if it has not started.</summary>
    public void GiveUp(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
        {
            Cancel(cancellationToken);
        }
    }

    /// <summary>Does the work within the transaction that is open. May be called again when that transaction did not hold.</summary>
    public abstract void Run(SqliteConnection connection);

    /// <summary>The transaction is durable: the caller gets the result of the work.</summary>
    public abstract void Complete();

    /// <summary>The work is not stored: the caller gets the reason.</summary>
    public abstract void Fail(Exception reason);

    /// <summary>The caller sees its call canceled.</summary>
    protected abstract void Cancel(CancellationToken cancellationToken);
}

/// <summary>A pending write whose work has a result.</summary>
internal sealed class PendingWrite<T>(Func<SqliteConnection, T> work) : PendingWrite
{
    // The caller goes on elsewhere: the thread that runs the writes has the next ones to do.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Ends when the write is durable or has failed.</summary>
    public Task<T> Completion => _completion.Task;

    /// <inheritdoc/>
    public override void Run(SqliteConnection connection) => _result = work(connection);

    /// <inheritdoc/>
    public override void Complete() => _completion.TrySetResult(_result!);

    /// <inheritdoc/>
    public override void Fail(Exception reason) => _completion.TrySetException(reason);

    /// <inheritdoc/>
    protected override void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
