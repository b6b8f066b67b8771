using System.Security.Cryptography;
using System.Text;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// The page's style and script, which are embedded in the assembly, and the content security policy that allows these two and
/// nothing else: they are known by their hashes, so markup that got into the page in spite of the encoding still could not run.
/// </summary>
internal sealed class PageAssets
{
    /// <summary>The page's icon: without one, browsers ask for /favicon.ico, which the policy forbids and the app does not have.</summary>
    public const string Icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%232563a8' d='M2 7h5v7H2z'/%3E%3Cpath fill='%23bd5b12' d='M9 2h5v12H9z'/%3E%3C/svg%3E";

    private PageAssets(string style, string script)
    {
        Style = style;
        Script = script;

        // connect-src and img-src: the script asks for this page again, and the icon is in the page.
        ContentSecurityPolicy =
            $"default-src 'none'; style-src {Hash(style)}; script-src {Hash(script)}; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>What stands in the page's style element.</summary>
    public string Style { get; }

    /// <summary>What stands in the page's script element.</summary>
    public string Script { get; }

    /// <summary>The header that the page has to be served with.</summary>
    public string ContentSecurityPolicy { get; }

    /// <summary>Reads them from this assembly.</summary>
    public static PageAssets Load() => new(Read("page.css"), Read("page.js"));

    private static string Read(string file)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Chart/{file}")
            ?? throw new InvalidOperationException($"The app was built without Distribution/Chart/{file}.");
        using var reader = new StreamReader(stream);

        // Browsers hash what they have parsed, and there a line ends with LF, whatever the checkout has.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
