using System.Text.Json;
using ContosoSuites.Bench;
using ContosoSuites.Bench.Reporting;
using Xunit;

namespace ContosoSuites.Tests.Bench;

/// <summary>What a benchmark leaves behind: the figures, and what they were measured on.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly string[] Rows =
    [
        "| Figure | Value | Peer or limit | Ratio | Aim | Met |",
        "| --- | --- | --- | --- | --- | --- |",
        "| saves | 71/s | disk 100/s | 0.71x | >= 0.70x | yes |",
        "| search | 14 ms | sum 10 ms | 1.40x | <= 1.30x | no |",
        "| latency | 1.2 ms | direct 1 ms | +0.200 ms | <= +0.15 ms | no |",
        "| length | 353 kB |  |  |  |  |",
    ];

    private static readonly string[] Blocks = ["what is not met", "figures of saves", "figures of search"];

    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_benchmark_writes_its_own_figures_and_what_is_not_met_of_all()
    {
        string file = Path.Combine(_folder, "README.md");
        File.WriteAllText(file, string.Join('\n', Blocks.Select(block => $"<!-- {block}: written by ./dev bench -->\n\nold {block}\n\n<!-- end -->\nbetween")));
        Machine machine = Machine.AtStart().AtEnd();

        FigureBlocks.Write(file, "search", machine, [new Aim("length", "353 kB"), Aim.AtMost("search", "14 ms", "sum 10 ms", 1.4, 1.3)]);

        Assert.Equal(
            [
                "<!-- what is not met: written by ./dev bench -->", "", .. Rows[..2], Rows[3], "", "<!-- end -->", "between",
                "<!-- figures of saves: written by ./dev bench -->", "", "old figures of saves", "", "<!-- end -->", "between",
                "<!-- figures of search: written by ./dev bench -->", "", machine.ToString(), "", .. Rows[..2], Rows[3], Rows[5], "", "<!-- end -->", "between",
            ],
            File.ReadAllLines(file));
    }

    [Fact]
    public void Every_benchmark_has_a_place_for_its_figures()
    {
        string document = File.ReadAllText(Path.Combine(Documents.RepositoryRoot, "tests", "ContosoSuites.Bench", "README.md"));

        Every.One(
            Benchmarks.All.Keys.Concat(Benchmarks.Alone.Keys),
            name => Assert.Contains($"<!-- {FigureBlocks.NameOf(name)}: written by ./dev bench -->\n", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Figures_and_machine_are_in_both_files()
    {
        Machine machine = Machine.AtStart().AtEnd();

        Report.Write(
            machine,
            [
                Aim.AtLeast("saves", "71/s", "disk 100/s", 0.71, 0.70),
                Aim.AtMost("search", "14 ms", "sum 10 ms", 1.4, 1.3),
                Aim.AtMostAdded("latency", "1.2 ms", "direct 1 ms", 0.2, 0.15),
                new Aim("length", "353 kB"),
            ],
            _folder,
            "some");

        string[] markdown = File.ReadAllLines(Path.Combine(_folder, "some.md"));
        Assert.Equal(machine.ToString(), markdown[0]);
        Assert.Contains($"{Environment.ProcessorCount} cores", markdown[0], StringComparison.Ordinal);
        Assert.Equal(Rows, markdown[2..]);

        JsonElement json = JsonElement.Parse(File.ReadAllText(Path.Combine(_folder, "some.json")));
        Assert.Equal(Environment.ProcessorCount, json.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal(Environment.Version.ToString(), json.GetProperty("machine").GetProperty("runtime").GetString()!.Split(' ')[^1]);
        Assert.Equal([true, false, false, null], json.GetProperty("results").EnumerateArray().Select(row =>
            row.GetProperty("met").ValueKind is JsonValueKind.Null ? (bool?)null : row.GetProperty("met").GetBoolean()));
    }
}
