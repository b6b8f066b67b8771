using Xunit;

namespace ContosoSuites.Tests;

/// <summary>One healthy system for all tests of a class that do not change it.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    public TestSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await TestSystem.StartAsync();

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
