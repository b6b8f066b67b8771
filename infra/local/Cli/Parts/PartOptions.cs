using System.CommandLine;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary>The ports of parts that are started alone: those of <c>start</c>, and 0 for any free one.</summary>
internal static class PartOptions
{
    public static Option<int> Port(string name, string description, int standard) =>
        new(name) { Description = $"{description} 0 takes a free one.", DefaultValueFactory = _ => standard };

    public static Option<string> LogFile() =>
        new("--log-file") { Description = "The SQLite file of the gateway's logs.", DefaultValueFactory = _ => LocalLogs.StandardFile };

    public static Option<double> LogDelay() =>
        new("--log-delay") { Description = "Seconds until a request can be found in the logs; in Azure it takes minutes." };

    public static Option<string?> Backends() => new("--backends") { Description = "A JSON file that puts real models in place of simulated ones." };
}
