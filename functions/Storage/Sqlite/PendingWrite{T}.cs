using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

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
