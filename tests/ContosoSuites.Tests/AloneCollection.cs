using Xunit;

namespace ContosoSuites.Tests;

/// <summary>Tests that measure the process, and so can not share it with others while they run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
