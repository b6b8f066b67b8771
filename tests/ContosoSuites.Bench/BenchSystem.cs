using ContosoSuites.Bench.Processes;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Bench;

/// <summary>
/// The local system as the benchmarks start it: free ports, the sample's settings, tokens without end, a database of its own,
/// and no timer that comes in between.
/// </summary>
internal static class BenchSystem
{
    /// <summary>The sample's chat deployment.</summary>
    public const string ChatDeployment = "gpt-5.4-mini";

    private const string Never = "0 0 0 30 2 *";

    /// <summary>The system with the app as it is deployed.</summary>
    /// <param name="folder">Where its database is.</param>
    /// <param name="settings">Other settings than those of <see cref="Settings"/>.</param>
    public static async Task<LocalSystemOptions> OptionsAsync(BenchFolder folder, params (string Name, string Value)[] settings) => new()
    {
        AppSettings = Settings(folder, settings),
        TokensPerMinute = int.MaxValue,
        Worker = await PublishedApp.WorkerAsync(),
    };

    /// <summary>The app's settings.</summary>
    /// <param name="folder">Where its database is.</param>
    /// <param name="others">Those that are not as usual.</param>
    public static Dictionary<string, string?> Settings(BenchFolder folder, params (string Name, string Value)[] others)
    {
        var all = new Dictionary<string, string?>(LocalSettingsFile.ReadSample())
        {
            ["Storage:SqlitePath"] = folder.File("contoso.db"),
            ["BackendDistributionSchedule"] = Never,
            ["EmbedPendingRequestsSchedule"] = Never,
            ["PurgeConversationsSchedule"] = Never,
        };
        foreach ((string name, string value) in others)
        {
            all[name] = value;
        }

        return all;
    }
}
