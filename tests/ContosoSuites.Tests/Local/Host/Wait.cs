using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>A bounded wait for something that another thread does: a test that waits in vain fails with what it waited for, it does not hang.</summary>
internal static class Wait
{
    // Who waits in vain waits as long as this; who does not, on a machine that is busy with other things, may need most of it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> For<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await For((Task)task, what);
        return await task;
    }

    public static async Task For(Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited in vain for {what}.");
        }
    }

    /// <summary>
    /// Moves a clock on until something is done. Whoever waits on the clock may not have begun to when it is moved for the first time: so it is
    /// moved again and again.
    /// </summary>
    /// <param name="task">What is to be done.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="step">How far it is moved each time.</param>
    /// <param name="what">What is waited for.</param>
    public static async Task WhileMovingAsync(Task task, FakeTimeProvider clock, TimeSpan step, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(Limit);
        while (await Task.WhenAny(task, Task.Delay(10, CancellationToken.None)) != task)
        {
            if (giveUp.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain for {what}, while the clock was moved.");
            }

            clock.Advance(step);
        }
    }
}
