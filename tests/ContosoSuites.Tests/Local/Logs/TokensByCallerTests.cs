using Xunit;

namespace ContosoSuites.Tests.Local.Logs;

/// <summary>The SQL that stands for tokens-by-caller.kql. A row: start, function, subscription, address, deployment; requests; prompt, completion and all tokens.</summary>
public sealed class TokensByCallerTests : IDisposable
{
    private readonly LogWorkspace _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Tokens_are_summed_by_function_caller_and_deployment()
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
                "12:00:00 'Chat' 'local' '10.0.0.9' 'gpt-5.4-mini' 1 50 5 55",
                "12:00:00 'MaintenanceCopilotChat' 'local' '127.0.0.1' 'gpt-5.4-mini' 3 1350 60 1410",
                "12:05:00 '' 'other' '127.0.0.1' 'text-embedding-3-small' 1 8 0 8",
            ],
            _logs.Query("tokens-by-caller"));
    }
}
