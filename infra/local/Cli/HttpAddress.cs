using System.CommandLine.Parsing;

namespace ContosoSuites.Local.Cli;

/// <summary>Reads addresses on the command line.</summary>
internal static class HttpAddress
{
    /// <summary>Reads an option's value; an error names what it should be.</summary>
    public static Uri? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        result.AddError($"'{text}' is no address; write one such as http://localhost:7071.");
        return null;
    }
}
