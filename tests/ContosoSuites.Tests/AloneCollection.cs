using Xunit;

namespace ContosoSuites.Tests;

/// <summary>Tests that measure the process, or take all of the machine, and so run when the others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
