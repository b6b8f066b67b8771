using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>One healthy system for the tests of a class that only hold conversations of their own.</summary>
public sealed class SharedCopilot : IAsyncLifetime
{
    public CopilotSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await CopilotSystem.StartAsync();

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
