using System.Text.RegularExpressions;
using ContosoSuites.Tests.Infra;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>The README's table "The load-balancing task, step by step": its commands for one machine are run, and show what it says.</summary>
public sealed partial class TaskTableTests
{
    private static readonly Dictionary<string, string> Shows = new()
    {
        ["curl -s http://localhost:7090/instances"] = "openai-primary.*swedencentral.*openai-secondary.*francecentral",
        ["./dev ask \"What can you help me with?\""] = @"\(served by (swedencentral|francecentral)\)",
        ["./dev traffic 50"] = "francecentral.*swedencentral.*50 of 50 calls answered",
        ["./dev verify --write"] = "is saved and found again: .*, room TEST.*Collected figures: the logs hold all",
        ["curl -s http://localhost:7071/api/BackendDistribution"] = "\"backend\":\"openai-primary\".*\"backend\":\"openai-secondary\"",
        ["jq -Rs '{query: .}' infra/queries/tokens-by-caller.kql | curl -s -H 'Content-Type: application/json' -d @- http://localhost:7091/v1/workspaces/local/query"] = "MaintenanceCopilotChat",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_commands_show_what_it_says()
    {
        string root = InfraFiles.Root;
        foreach (string program in new[] { "bash", "curl", "jq" })
        {
            await Tool.RunAsync(program, ["--version"], root, new Dictionary<string, string>(), "what the README's commands are written for", Cancellation);
        }

        await using TestSystem system = await TestSystem.StartAsync(
            options => options with
            {
                ModelPace = TimeSpan.FromMilliseconds(15),
                LogFile = Path.Combine(Path.GetDirectoryName(options.AppSettings["Storage:SqlitePath"])!, "logs.db"),
            },
            ("BackendDistributionSchedule", "* * * * * *"));
        string[] commands = [.. CommandsForOneMachine(await File.ReadAllTextAsync(Path.Combine(root, "README.md"), Cancellation))];
        Assert.Equal(["./dev start", .. Shows.Keys], commands);

        // The first is what runs here, on ports of its own.
        foreach (string command in commands[1..])
        {
            ToolResult result = await Tool.RunAsync("bash", ["-c", Here(command, system)], root, new Dictionary<string, string>(), "bash", Cancellation);

            Assert.True(result.ExitCode == 0, $"{command}\n{result.Output}{result.Error}");
            Assert.Matches(new Regex(Shows[command], RegexOptions.Singleline), result.Output);
        }
    }

    private static string Here(string command, TestSystem system)
    {
        string dev = $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll")}' ";
        return (command.StartsWith("./dev ", StringComparison.Ordinal) ? $"{dev}{command[6..]} --app {system.Local.App!.Endpoint}" : command)
            .Replace("http://localhost:7071/", system.Local.App!.Endpoint.AbsoluteUri, StringComparison.Ordinal)
            .Replace("http://localhost:7090/", system.Local.Admin.Endpoint.AbsoluteUri, StringComparison.Ordinal)
            .Replace("http://localhost:7091/", system.Local.Logs!.Endpoint.AbsoluteUri, StringComparison.Ordinal);
    }

    /// <summary>The third column of the table.</summary>
    private static IEnumerable<string> CommandsForOneMachine(string readme)
    {
        int start = readme.IndexOf("<!-- task:", StringComparison.Ordinal);
        return readme[start..readme.IndexOf("<!-- end -->", start, StringComparison.Ordinal)].Split('\n')
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => ColumnEnd().Split(line)[3].Trim().Trim('`').Replace(@"\|", "|", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex ColumnEnd();
}
