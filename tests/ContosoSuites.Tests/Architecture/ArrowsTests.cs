using Xunit;

namespace ContosoSuites.Tests.Architecture;

/// <summary>Folders know each other one way only, as CONTRIBUTING.md shows.</summary>
public sealed class ArrowsTests
{
    public static TheoryData<string> Trees => ["functions", "infra/local"];

    [Theory]
    [MemberData(nameof(Trees))]
    public void The_usings_are_those_of_the_table(string tree) => Assert.Empty(Of(tree).FindDifferences());

    [Theory]
    [MemberData(nameof(Trees))]
    public void There_is_no_circle(string tree) => Assert.Empty(Of(tree).FindCircle());

    [Theory]
    [MemberData(nameof(Trees))]
    public void The_diagram_is_that_of_the_table(string tree) => Documents.AssertHas("CONTRIBUTING.md", $"arrows of {tree}", Of(tree).Render());

    [Fact]
    public void A_circle_is_found() =>
        Assert.Equal(["A", "B"], new Arrows("functions", "ContosoSuites.Functions", new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["A", "C"], ["C"] = [] }).FindCircle());

    private static Arrows Of(string tree) => tree == "functions" ? Arrows.Functions : Arrows.Local;
}
