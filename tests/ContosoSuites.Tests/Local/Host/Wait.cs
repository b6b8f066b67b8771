using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>A bounded wait for something that another thread does: a test that waits in vain fails, it does not hang.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task<T> For<T>(Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public static Task For(Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);
}
