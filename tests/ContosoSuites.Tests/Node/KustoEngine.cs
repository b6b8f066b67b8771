using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Tests.Node;
using Xunit;

[assembly: AssemblyFixture(typeof(KustoEngine))]

namespace ContosoSuites.Tests.Node;

/// <summary>
/// What Kusto says of a query and answers to it: Microsoft's parser, and the evaluator over its syntax tree (kusto-engine.mjs). One
/// process of Node, which starts with the first query, for all tests: its start takes longer than a hundred queries.
/// </summary>
public sealed class KustoEngine : IAsyncDisposable
{
    // Of a machine that is busy with other tests: the parser alone takes seconds to load.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Tables = new()
    {
        [GatewayLogRow.Table.Name] = SchemaOf(GatewayLogRow.Table),
        [LlmLogRow.Table.Name] = SchemaOf(LlmLogRow.Table),
    };

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Process? _process;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // The script goes on until its input ends.
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _turn.Dispose();
    }

    /// <summary>What the parser finds in a query. Skips the test, with the reason, where Node is missing.</summary>
    internal async Task<KustoAnswer> AnalyzeAsync(string query, CancellationToken cancellationToken) =>
        await AskAsync(new { query, tables = Tables }, cancellationToken);

    /// <summary>The rows that a query answers at a moment, over the rows of each table, which are values in the order of its columns.</summary>
    internal async Task<KustoAnswer> RunAsync(
        string query, IReadOnlyDictionary<string, IReadOnlyList<object?[]>> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        KustoAnswer answer = await AskAsync(
            new { query, tables = Tables, rows, now = now.UtcTicks.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
        Assert.Empty(answer.Diagnostics);
        return answer;
    }

    private static string SchemaOf<TRow>(LogTable<TRow> table) =>
        $"({string.Join(", ", table.Columns.Select(column => $"{column.Name}:{column.Type.ToString().ToLowerInvariant()}"))})";

    private async Task<KustoAnswer> AskAsync(object question, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _process ??= (await NodeProject.StartAsync("kusto.mjs", cancellationToken)).Process;
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
            await _process.StandardInput.FlushAsync(cancellationToken);

            // Not cancelled: the answer to this question must not be read as that to the next.
            string? line = await _process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(Patience, CancellationToken.None);
            Assert.True(line is not null, "kusto.mjs has ended.");
            return JsonSerializer.Deserialize<KustoAnswer>(line, JsonSerializerOptions.Web)!;
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>An answer of kusto.mjs.</summary>
/// <param name="Diagnostics">What is wrong with the query.</param>
/// <param name="Columns">The columns, as in <c>Requests:long</c>.</param>
/// <param name="Rows">The rows; null when the query was not run.</param>
/// <param name="Error">What the evaluator does not know, or what Kusto leaves to chance; else null.</param>
internal sealed record KustoAnswer(IReadOnlyList<string> Diagnostics, IReadOnlyList<string> Columns, IReadOnlyList<JsonElement[]>? Rows, string? Error);
