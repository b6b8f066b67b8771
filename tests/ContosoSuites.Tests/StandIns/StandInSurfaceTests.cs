using System.Reflection;
using Microsoft.SemanticKernel;
using Xunit;

namespace ContosoSuites.Tests.StandIns;

/// <summary>
/// Holds the stand-ins to the packages. On a feed that lacks most of the worker's packages its HTTP triggers are compared;
/// a build with the packages compares all.
/// </summary>
public sealed class StandInSurfaceTests
{
    [Fact]
    public void The_kernels_connector_has_every_member_of_its_stand_in()
    {
        PublicSurface standIn = PublicSurface.Read(Output("ContosoSuites.StandIns.SemanticKernel.dll"));

        (IReadOnlyList<string> compared, IReadOnlyList<string> differences) = SurfaceComparison.Compare(standIn, Package("AzureOpenAIConnector"));

        Assert.Empty(differences);
        Assert.Equal(standIn.Types.Keys.Order(), compared.Order());
        Assert.Equal(2, compared.Count);
    }

    [Fact]
    public void The_connector_compared_is_that_of_the_kernel_in_use() =>
        Assert.Equal(typeof(Kernel).Assembly.GetName().Version, Package("AzureOpenAIConnector").Version);

    [Fact]
    public void The_workers_packages_have_every_member_of_their_stand_in()
    {
        PublicSurface standIn = PublicSurface.Read(Output("ContosoSuites.StandIns.FunctionsWorker.dll"));
        string[] inOutput = Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.Azure.Functions.Worker*.dll");

        (IReadOnlyList<string> compared, IReadOnlyList<string> differences) =
            SurfaceComparison.Compare(standIn, [.. inOutput.Select(PublicSurface.Read), Package("WorkerHttpExtension")]);

        Assert.Empty(differences);
        IEnumerable<string> expected = inOutput.Length > 0
            ? standIn.Types.Keys
            : ["Microsoft.Azure.Functions.Worker.AuthorizationLevel", "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute"];
        Assert.Equal(expected.Order(), compared.Order());
    }

    private static string Output(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static PublicSurface Package(string name) => PublicSurface.Read(
        typeof(StandInSurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!);
}
