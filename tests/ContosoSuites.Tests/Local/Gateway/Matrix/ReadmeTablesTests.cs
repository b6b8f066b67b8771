using ContosoSuites.Tests.Functions.Answers;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>The documentation's tables of failures are those that are tested.</summary>
public sealed class ReadmeTablesTests
{
    [Fact]
    public void The_response_matrix() => Documents.AssertHas("infra/local/README.md", "response-matrix", ResponseMatrix.Render());

    [Fact]
    public void What_can_go_wrong_inside_a_good_response() => Documents.AssertHas("infra/local/README.md", "broken-answers", BrokenAnswers.Render());

    [Fact]
    public void The_answers() => Documents.AssertHas("functions/README.md", "answers", AnswerTable.Render());

    [Fact]
    public void The_embeddings() => Documents.AssertHas("functions/README.md", "embeddings", EmbeddingTable.Render());

    [Fact]
    public void The_faults() => Documents.AssertHas("infra/local/README.md", "faults", FaultList.Render());
}
