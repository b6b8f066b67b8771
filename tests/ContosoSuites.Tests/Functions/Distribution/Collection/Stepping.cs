namespace ContosoSuites.Tests.Functions.Distribution.Collection;

/// <summary>
/// Runs work step by step. The work calls <see cref="PassAsync"/> before everything it does to the world outside; the test
/// lets it do that or has it crash there, and in between lets others go on.
/// </summary>
internal sealed class Stepping
{
    private TaskCompletionSource _arrived = New();
    private TaskCompletionSource _passed = New();
    private Task _work = Task.CompletedTask;

    public bool IsRunning { get; private set; }

    public Task PassAsync()
    {
        TaskCompletionSource passed = _passed;
        _arrived.SetResult();
        return passed.Task;
    }

    /// <summary>Starts the work, up to its first step.</summary>
    public async Task StartAsync(Func<Task> work)
    {
        _arrived = New();
        _passed = New();
        _work = Task.Run(work);
        await SettleAsync();
    }

    /// <summary>Lets it do a step, up to the next one or to its end; what it throws is thrown here.</summary>
    public Task StepAsync() => GoOnAsync(passed => passed.SetResult());

    /// <summary>Ends it where it stands, as if the process were gone.</summary>
    public async Task CrashAsync()
    {
        try
        {
            await GoOnAsync(passed => passed.SetException(new CrashException()));
        }
        catch (CrashException)
        {
            // As was asked for.
        }
    }

    private async Task GoOnAsync(Action<TaskCompletionSource> how)
    {
        TaskCompletionSource passed = _passed;
        _arrived = New();
        _passed = New();
        how(passed);
        await SettleAsync();
    }

    private async Task SettleAsync()
    {
        await Task.WhenAny(_work, _arrived.Task).WaitAsync(TimeSpan.FromSeconds(20));
        IsRunning = !_work.IsCompleted;
        if (!IsRunning)
        {
            await _work;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class CrashException : Exception;
}
