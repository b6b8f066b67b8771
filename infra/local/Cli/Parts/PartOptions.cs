using System.CommandLine;
using System.Globalization;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary>Options that commands share. The ports of parts that are started alone are those of <c>start</c>, and 0 for any free one.</summary>
internal static class PartOptions
{
    private const int LastPort = 65535;

    public static Option<int> Port(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = $"{description} 0 takes a free one.", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > LastPort))
            {
                result.AddError($"{name} must be a port, a whole number from 0 to {LastPort}.");
            }
        });
        return option;
    }

    public static Option<string> LogFile() =>
        new("--log-file") { Description = "The SQLite file of the gateway's logs.", DefaultValueFactory = _ => LocalLogs.StandardFile };

    public static Option<double> LogDelay() =>
        new("--log-delay") { Description = "Seconds until a request can be found in the logs; in Azure it takes minutes." };

    public static Option<int?> TokensPerMinute()
    {
        var option = new Option<int?>("--tokens-per-minute") { Description = "How many tokens a minute the gateway grants, in place of the limit in backends.json." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--tokens-per-minute must be a whole number above 0.");
            }
        });
        return option;
    }

    public static Option<bool> EnableAuth() => new("--enable-auth")
    {
        Description = "Ask callers for a function key, as the deployed app does; the key is made anew and printed. Without it none is asked for, as with Core Tools.",
    };

    public static Option<string?> Key() => new("--key") { Description = "The function key, where the app asks for one." };

    public static Option<string?> Backends() => new("--backends") { Description = "A JSON file that puts real models in place of simulated ones." };
}
