using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>What the gateway's own logs hold, asked by way of a signed-in <c>az</c>.</summary>
/// <param name="ask">Runs a query in the workspace and returns its rows, or says why it can not.</param>
internal sealed class WorkspaceChecks(Func<string, CancellationToken, Task<(JsonElement? Rows, string? Problem)>> ask)
{
    private const string Advice = "The diagnostic setting of API Management, and the API's diagnostics (infra/gateway/diagnostics.json); rows take some minutes to arrive.";

    public IEnumerable<Check> All =>
    [
        new("Logged backends", Advice, BackendsAsync),
        new("Logged traces and callers", Advice, TracesAsync),
        new("No message text logged", "largeLanguageModel in infra/gateway/diagnostics.json: messages have to be off.", MessagesAsync),
    ];

    /// <summary>Asks a workspace by way of <c>az</c>.</summary>
    public static async Task<(JsonElement? Rows, string? Problem)> AskAsync(string workspace, string query, CancellationToken cancellationToken)
    {
        // az is a script: on Windows that is nothing to start by itself.
        string[] az = OperatingSystem.IsWindows() ? ["cmd", "/c", "az"] : ["az"];
        var start = new ProcessStartInfo(az[0], [.. az[1..], "monitor", "log-analytics", "query", "-w", workspace, "--analytics-query", query, "-o", "json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? (JsonElement.Parse(await output), null) : (null, $"az: {(await error).Trim()}");
        }
        catch (Win32Exception)
        {
            return (null, "az is not on the PATH. Install the Azure CLI, and sign in with 'az login'");
        }
    }

    private Task<Finding> BackendsAsync(CancellationToken cancellationToken) => AskAsync(
        "ApiManagementGatewayLogs | where TimeGenerated > ago(1h) and isnotempty(BackendUrl) | summarize Requests = count() by BackendId | order by BackendId asc",
        rows => rows.GetArrayLength() > 0
            ? Finding.Passed("BackendId: " + string.Join(", ", rows.EnumerateArray().Select(row => $"'{row.GetProperty("BackendId")}' {row.GetProperty("Requests")}")))
            : Finding.Failed("no row of the last hour names a backend"),
        cancellationToken);

    private Task<Finding> TracesAsync(CancellationToken cancellationToken) => AskAsync(
        "ApiManagementGatewayLogs | where TimeGenerated > ago(1h) | summarize All = count(), Traced = countif(tostring(TraceRecords) contains 'attempt'), Named = countif(tostring(RequestHeaders) contains 'x-contoso-function')",
        rows => (Count(rows, "All"), Count(rows, "Traced"), Count(rows, "Named")) switch
        {
            (0, _, _) => Finding.Failed("no row of the last hour"),
            (var all, var traced, var named) => Finding.Of(traced > 0 && named > 0, $"of {all} requests {traced} have a trace of their attempts, {named} name the function"),
        },
        cancellationToken);

    private Task<Finding> MessagesAsync(CancellationToken cancellationToken) => AskAsync(
        "ApiManagementGatewayLlmLog | where TimeGenerated > ago(1h) | summarize All = count(), Texts = countif(isnotempty(RequestMessages) or isnotempty(ResponseMessages))",
        rows => (Count(rows, "All"), Count(rows, "Texts")) switch
        {
            (0, _) => Finding.Failed("no row of the last hour"),
            (var all, 0) => Finding.Passed($"{all} rows with token counts, none with a message"),
            (var all, var texts) => Finding.Failed($"{texts} of {all} rows hold messages"),
        },
        cancellationToken);

    private async Task<Finding> AskAsync(string query, Func<JsonElement, Finding> judge, CancellationToken cancellationToken)
    {
        (JsonElement? rows, string? problem) = await ask(query, cancellationToken);
        return rows is { } found ? judge(found) : Finding.Failed(problem!);
    }

    // az writes numbers as texts.
    private static long Count(JsonElement rows, string column) =>
        rows.GetArrayLength() == 0 ? 0 : long.Parse(rows[0].GetProperty(column).ToString(), CultureInfo.InvariantCulture);
}
