using System.Net;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Tests.Functions.Maintenance;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>Every row of the table of embeddings: never a vector that search can not use.</summary>
public sealed class EmbeddingTableTests
{
    public static TheoryData<string> Rows => [.. EmbeddingTable.Rows.Select(row => row.Says)];

    [Theory, MemberData(nameof(Rows))]
    public async Task A_vector_is_a_good_one_or_a_problem(string says)
    {
        EmbeddingTable.Row row = EmbeddingTable.Rows.Single(row => row.Says == says);
        await using StubBackend gateway = await StubBackend.StartAsync("stub", row.Gateway);
        await using CopilotSystem system = await CopilotSystem.StartAsync(new Uri(gateway.Url, "/"), null);

        using HttpResponseMessage vector = await system.Client.GetAsync("Vectorize?text=leak", TestContext.Current.CancellationToken);
        await ProblemAssert.IsProblemAsync(vector, (HttpStatusCode)row.Status, row.Title, row.Mention);

        MaintenanceRequest stored = await system.Client.StoreAsync(new { hotel_id = 1, source = "staff", details = "The tap drips." });
        Assert.False(stored.Embedded);
        Assert.Equal(2, gateway.Requests.Count);
    }
}
