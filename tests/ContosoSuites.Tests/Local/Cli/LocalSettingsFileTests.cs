using ContosoSuites.Local.Cli;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>Whose settings a start takes.</summary>
public sealed class LocalSettingsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contoso-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_start_collects_often()
    {
        Assert.Equal("*/10 * * * * *", LocalSettingsFile.ReadForStart(_folder.FullName)["BackendDistributionSchedule"]);
        Assert.NotEqual("*/10 * * * * *", LocalSettingsFile.Read(_folder.FullName)["BackendDistributionSchedule"]);
    }

    [Fact]
    public void But_as_local_settings_say()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "local.settings.json"), """{"Values": {"BackendDistributionSchedule": "0 0 * * * *"}}""");

        Assert.Equal("0 0 * * * *", LocalSettingsFile.ReadForStart(_folder.FullName)["BackendDistributionSchedule"]);
    }
}
