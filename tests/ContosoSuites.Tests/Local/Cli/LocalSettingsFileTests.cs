using ContosoSuites.Local.Cli;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>Whose settings a start takes.</summary>
public sealed class LocalSettingsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contoso-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("BackendDistributionSchedule")]
    [InlineData("EmbedPendingRequestsSchedule")]
    public void A_start_runs_its_timers_often(string schedule)
    {
        Assert.Equal("*/10 * * * * *", LocalSettingsFile.ReadForStart(_folder.FullName)[schedule]);
        Assert.NotEqual("*/10 * * * * *", LocalSettingsFile.Read(_folder.FullName)[schedule]);
    }

    [Theory]
    [InlineData("BackendDistributionSchedule")]
    [InlineData("EmbedPendingRequestsSchedule")]
    public void A_copy_of_the_sample_slows_nothing_down(string schedule)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json"), Path.Combine(_folder.FullName, "local.settings.json"));

        Assert.Equal("*/10 * * * * *", LocalSettingsFile.ReadForStart(_folder.FullName)[schedule]);
    }

    [Fact]
    public void But_as_local_settings_say()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "local.settings.json"), """{"Values": {"BackendDistributionSchedule": "0 0 * * * *"}}""");

        Assert.Equal("0 0 * * * *", LocalSettingsFile.ReadForStart(_folder.FullName)["BackendDistributionSchedule"]);
    }
}
