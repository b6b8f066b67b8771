using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Bench;

/// <summary>
/// The local system as the benchmarks start it: free ports, the sample's settings, tokens without end, a database of its own,
/// and no timer that comes in between.
/// </summary>
internal static class BenchSystem
{
    private const string Never = "0 0 0 30 2 *";

    public static LocalSystemOptions Options(BenchFolder folder, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(LocalSettingsFile.ReadSample())
        {
            ["Storage:SqlitePath"] = folder.File("contoso.db"),
            ["BackendDistributionSchedule"] = Never,
            ["EmbedPendingRequestsSchedule"] = Never,
            ["PurgeConversationsSchedule"] = Never,
        };
        foreach ((string name, string value) in settings)
        {
            all[name] = value;
        }

        return new LocalSystemOptions { AppSettings = all, TokensPerMinute = int.MaxValue };
    }
}
