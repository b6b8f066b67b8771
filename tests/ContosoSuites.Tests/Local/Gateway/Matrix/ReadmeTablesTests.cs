using ContosoSuites.Tests.Functions.Answers;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>The documentation's tables of failures are those that are tested.</summary>
public sealed class ReadmeTablesTests
{
    private const string Rewrite = "REWRITE_README";

    [Fact]
    public void The_response_matrix() => AssertHas("infra/local/README.md", "response-matrix", ResponseMatrix.Render());

    [Fact]
    public void What_can_go_wrong_inside_a_good_response() => AssertHas("infra/local/README.md", "broken-answers", BrokenAnswers.Render());

    [Fact]
    public void The_answers() => AssertHas("functions/README.md", "answers", AnswerTable.Render());

    [Fact]
    public void The_embeddings() => AssertHas("functions/README.md", "embeddings", EmbeddingTable.Render());

    [Fact]
    public void The_faults() => AssertHas("infra/local/README.md", "faults", FaultList.Render());

    private static void AssertHas(string file, string name, string table)
    {
        var path = Path.Combine(RepositoryRoot(), file);
        var readme = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = $"<!-- {name}: written by the tests -->\n\n";
        const string End = "<!-- end -->";
        var start = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.True(start >= begin.Length, $"{file} has no place for the table: it needs the lines {begin.Trim()} and {End}, with an empty line after the first.");
        var end = readme.IndexOf(End, start, StringComparison.Ordinal);

        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            File.WriteAllText(path, string.Concat(readme.AsSpan(0, start), table, "\n", readme.AsSpan(end)));
            return;
        }

        Assert.True(
            readme[start..end] == table + "\n",
            $"The table in {file} is not the one that is tested. Write it anew with: {Rewrite}=1 ./dev test --filter {nameof(ReadmeTablesTests)}\nIt should be:\n{table}");
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ContosoSuites.Functions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run below the repository.");
        }

        return folder.FullName;
    }
}
