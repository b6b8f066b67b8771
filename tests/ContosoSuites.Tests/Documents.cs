using Xunit;

namespace ContosoSuites.Tests;

/// <summary>Parts of the documentation that the tests write: <c>REWRITE_README=1 ./dev test --filter "ReadmeTables|Arrows"</c> writes them anew.</summary>
internal static class Documents
{
    private const string Rewrite = "REWRITE_README";

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Asserts that a document has a part as it is rendered now, between <c>&lt;!-- NAME: written by the tests --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
    /// <param name="file">The document's path in the repository.</param>
    /// <param name="name">Names the part.</param>
    /// <param name="text">What it has to be, without a line break at its end.</param>
    public static void AssertHas(string file, string name, string text)
    {
        var path = Path.Combine(RepositoryRoot, file);
        var document = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = $"<!-- {name}: written by the tests -->\n\n";
        const string End = "<!-- end -->";
        var start = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(start >= begin.Length, $"{file} has no place for it: it needs the lines {begin.Trim()} and {End}, with an empty line after the first.");
        var end = document.IndexOf(End, start, StringComparison.Ordinal);

        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            File.WriteAllText(path, string.Concat(document.AsSpan(0, start), text, "\n", document.AsSpan(end)));
            return;
        }

        Assert.True(
            document[start..end] == text + "\n",
            $"What {file} says of {name} is not what is tested. Write it anew with: {Rewrite}=1 ./dev test --filter \"ReadmeTables|Arrows\"\nIt should be:\n{text}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ContosoSuites.Functions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run below the repository.");
        }

        return folder.FullName;
    }
}
