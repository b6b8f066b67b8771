using ContosoSuites.Functions.Gateway;
using ContosoSuites.Local.Machine;
using Microsoft.Extensions.DependencyInjection;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>The app's worker inside the test process.</summary>
internal static class TestWorker
{
    /// <summary>The app as it was built, with what a test replaces in it.</summary>
    public static InProcessWorkerHome Home(Action<IServiceCollection>? configureServices = null) =>
        new(typeof(ApiManagementOptions).Assembly, Path.GetDirectoryName(LocalApp.File)!) { ConfigureServices = configureServices };
}
