using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary>Options that commands share. The ports of parts that are started alone are those of <c>start</c>, and 0 for any free one.</summary>
internal static class PartOptions
{
    private const int LastPort = 65535;

    public static Option<int> AppPort { get; } = Port("--app-port", "The Function App's port.", 7071);

    public static Option<int> GatewayPort { get; } = Port("--gateway-port", "The gateway's port.", 7080);

    public static Option<int> ModelsPort { get; } = Port("--models-port", "The first simulated instance's port; the others follow.", 7081);

    public static Option<int> AdminPort { get; } = Port("--admin-port", "The port of the simulated instances' fault switch.", 7090);

    public static Option<int> LogsPort { get; } = Port("--logs-port", "The port of the query API on the logs.", 7091);

    public static Option<string> LogFile { get; } =
        new("--log-file") { Description = "The SQLite file of the gateway's logs.", DefaultValueFactory = _ => LocalLogs.StandardFile };

    public static Option<double> LogDelay { get; } =
        new("--log-delay") { Description = "Seconds until a request can be found in the logs; in Azure it takes minutes." };

    public static Option<string?> Backends { get; } = new("--backends") { Description = "A JSON file that puts real models in place of simulated ones." };

    public static Option<string?> Key { get; } = new("--key") { Description = "The function key, where the app asks for one." };

    public static Option<bool> EnableAuth { get; } = new("--enable-auth")
    {
        Description = "Ask callers for a function key, as the deployed app does; the key is made anew and printed. Without it none is asked for, as with Core Tools.",
    };

    public static Option<int?> TokensPerMinute { get; } = new("--tokens-per-minute")
    {
        Description = "How many tokens a minute the gateway grants, in place of the limit in backends.json.",
        Validators = { result => Check(result, result.GetValueOrDefault<int?>() is not < 1, "--tokens-per-minute must be a whole number above 0.") },
    };

    /// <summary>What to start, as far as these options say it.</summary>
    /// <exception cref="LocalStartException">The backends file can not be used.</exception>
    public static LocalSystemOptions Read(ParseResult given) => new()
    {
        AppSettings = new Dictionary<string, string?>(),
        RealBackends = RealBackendsFile.Read(given.GetValue(Backends)),
        TokensPerMinute = given.GetValue(TokensPerMinute),
        FunctionKey = given.GetValue(EnableAuth) ? LocalApp.CreateKey() : null,
        AppShutdownTimeout = LocalApp.LongestStop,
        AppPort = given.GetValue(AppPort),
        GatewayPort = given.GetValue(GatewayPort),
        ModelsPort = given.GetValue(ModelsPort),
        AdminPort = given.GetValue(AdminPort),
        LogsPort = given.GetValue(LogsPort),
        LogFile = given.GetValue(LogFile),
        LogDelay = TimeSpan.FromSeconds(given.GetValue(LogDelay)),
    };

    /// <summary>Reads an address; an error names what it should be.</summary>
    public static Uri? ReadAddress(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        Check(result, isAddress, $"'{text}' is no address; write one such as http://localhost:7071.");
        return isAddress ? address : null;
    }

    /// <summary>Adds an error unless all is well.</summary>
    public static void Check(SymbolResult result, bool good, string error)
    {
        if (!good)
        {
            result.AddError(error);
        }
    }

    private static Option<int> Port(string name, string description, int standard) => new(name)
    {
        Description = $"{description} 0 takes a free one.",
        DefaultValueFactory = _ => standard,
        Validators =
        {
            result => Check(
                result,
                result.Tokens.Count != 1 || (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= LastPort),
                $"{name} must be a port, a whole number from 0 to {LastPort}."),
        },
    };
}
