using ContosoSuites.Tests.Node;
using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The KQL and the SQL of tokens-by-caller.kql. A row: start, function, subscription, address, deployment; requests; prompt, completion and all tokens; cost.</summary>
public sealed class TokensByCallerTests(KustoEngine kusto) : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Tokens_are_summed_by_function_caller_and_deployment()
    {
        // A copilot turn of three model calls, one of them in two pieces; a chat; a call without tokens.
        _logs
            .Request("1", "12:00:01", 200, function: "MaintenanceCopilotChat").Tokens("1", "12:00:01", 400, 10)
            .Request("2", "12:00:02", 200, function: "MaintenanceCopilotChat").Tokens("2", "12:00:02", 450, 20).Tokens("2", "12:00:02", 450, 20, sequence: 1)
            .Request("3", "12:00:03", 200, function: "MaintenanceCopilotChat").Tokens("3", "12:00:03", 500, 30)
            .Request("4", "12:00:04", 200, function: "Chat", caller: "10.0.0.9").Tokens("4", "12:00:04", 50, 5)
            .Request("4", "12:00:04", 200, function: "Chat", caller: "10.0.0.9")
            .Request("5", "12:00:05", 503, function: "Chat")
            .Request("6", "12:06:00", 200, function: "", subscription: "other", deployment: "text-embedding-3-small").Tokens("6", "12:06:00", 8, 0);

        Assert.Equal(
            [
                "12:00:00 'Chat' 'local' '10.0.0.9' 'gpt-5.4-mini' 1 50 5 55 null",
                "12:00:00 'MaintenanceCopilotChat' 'local' '127.0.0.1' 'gpt-5.4-mini' 3 1350 60 1410 null",
                "12:05:00 '' 'other' '127.0.0.1' 'text-embedding-3-small' 1 8 0 8 null",
            ],
            await _logs.QueryAsync(kusto, "tokens-by-caller"));
    }

    [Fact]
    public async Task Tokens_that_nobody_has_told_are_none_and_the_earlier_row_counts()
    {
        _logs
            .Request("1", "12:09:00", 200, function: "Chat").Tokens("1", "12:09:00", 8, null)
            .Request("1", "12:01:00", 200, function: "Vectorize")
            .Request("2", "12:05:00", 200, function: "Vectorize").Tokens("2", "12:05:00", null, null);

        Assert.Equal(
            [
                "12:00:00 'Vectorize' 'local' '127.0.0.1' 'gpt-5.4-mini' 1 8 0 0 null",
                "12:05:00 'Vectorize' 'local' '127.0.0.1' 'gpt-5.4-mini' 1 0 0 0 null",
            ],
            await _logs.QueryAsync(kusto, "tokens-by-caller"));
    }

    [Fact]
    public async Task Headers_that_were_cut_name_no_function()
    {
        _logs.Request("1", "12:00:00", 200, headers: """{"x-contoso-fun""").Tokens("1", "12:00:00", 1, 1);

        Assert.Equal(["12:00:00 '' 'local' '127.0.0.1' 'gpt-5.4-mini' 1 1 1 2 null"], await _logs.QueryAsync(kusto, "tokens-by-caller"));
    }

    [Fact]
    public async Task Tokens_count_that_were_logged_up_to_an_hour_beside_the_window()
    {
        _logs
            .Request("1", "12:00:00", 200).Tokens("1", "11:00:00", 1, 0)
            .Request("2", "12:05:00", 200).Tokens("2", "10:59:59", 1, 0)
            .Request("3", "12:59:00", 200).Tokens("3", "14:00:00", 1, 0)
            .Request("4", "12:59:00", 200).Tokens("4", "14:00:01", 1, 0);

        Assert.Equal(
            ["12:00:00 'Chat' 'local' '127.0.0.1' 'gpt-5.4-mini' 1 1 0 1 null", "12:55:00 'Chat' 'local' '127.0.0.1' 'gpt-5.4-mini' 1 1 0 1 null"],
            await _logs.QueryAsync(kusto, "tokens-by-caller"));
    }

    [Fact]
    public async Task Tokens_of_a_deployment_with_prices_have_a_cost_and_others_have_none()
    {
        _logs
            .Request("1", "12:00:01", 200).Tokens("1", "12:00:01", 400_000, 10_000)
            .Request("2", "12:00:02", 200).Tokens("2", "12:00:02", 600_000, null)
            .Request("3", "12:00:03", 200, deployment: "text-embedding-3-small").Tokens("3", "12:00:03", 1_500_000, 0)
            .Request("4", "12:00:04", 200, deployment: "unknown").Tokens("4", "12:00:04", 1, 1)
            .Request("5", "12:00:05", 200, deployment: "half").Tokens("5", "12:00:05", 1, 1);

        // 1,000,000 * 0.825 + 10,000 * 4.95, and 1,500,000 * 2, of a million.
        Assert.Equal(
            [
                "12:00:00 'Chat' 'local' '127.0.0.1' 'gpt-5.4-mini' 2 1000000 10000 410000 0.8745",
                "12:00:00 'Chat' 'local' '127.0.0.1' 'half' 1 1 1 2 null",
                "12:00:00 'Chat' 'local' '127.0.0.1' 'text-embedding-3-small' 1 1500000 0 1500000 3",
                "12:00:00 'Chat' 'local' '127.0.0.1' 'unknown' 1 1 1 2 null",
            ],
            await _logs.QueryAsync(
                kusto,
                "tokens-by-caller",
                prices: """{"gpt-5.4-mini":{"prompt":0.825,"completion":4.95},"text-embedding-3-small":{"prompt":2,"completion":0},"half":{"prompt":1}}"""));
    }
}
