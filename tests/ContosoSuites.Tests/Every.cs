using Xunit;

namespace ContosoSuites.Tests;

/// <summary>Assertions over items of which there has to be one: of none, everything would be true.</summary>
internal static class Every
{
    /// <summary>Asserts something of every item, and that there is one.</summary>
    public static void One<T>(IEnumerable<T> items, Action<T> assert)
    {
        T[] all = [.. items];
        Assert.NotEmpty(all);
        Assert.All(all, assert);
    }

    /// <summary>Asserts something of every item and its place, and that there is one.</summary>
    public static void One<T>(IEnumerable<T> items, Action<T, int> assert)
    {
        T[] all = [.. items];
        Assert.NotEmpty(all);
        Assert.All(all, assert);
    }
}
