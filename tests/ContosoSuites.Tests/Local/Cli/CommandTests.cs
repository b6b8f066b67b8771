using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using Spectre.Console;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>What ./dev calls, as it is called.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contoso-commands-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_succeeds_and_shows_every_phase()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;

        string chart = Path.Combine(_folder.FullName, "pages", "chart.html");

        int exit = await DemoCommand.RunAsync(console, chart, Cancellation);

        string text = output.ToString();
        Assert.True(exit == 0, text);
        Assert.DoesNotContain("not ok", text, StringComparison.Ordinal);
        Assert.Contains("80 of 80 calls answered (100 %)", text, StringComparison.Ordinal);
        Assert.Contains("throttles (429)", text, StringComparison.Ordinal);
        Assert.Contains("refuses connections", text, StringComparison.Ordinal);
        Assert.Contains("429 Too Many Requests: The token limit is reached.", text, StringComparison.Ordinal);
        Assert.Matches(@"│ openai-primary +│ +\d+ │ +\d+ % │ +50 % │", text);
        Assert.Contains(Masked(MiddleInReadme()), Masked(text), StringComparison.Ordinal);
        Assert.Contains(new Uri(chart).AbsoluteUri, text, StringComparison.Ordinal);
        Assert.Contains("Figures by backend", await File.ReadAllTextAsync(chart, Cancellation), StringComparison.Ordinal);
    }

    /// <summary>The part of the demo that the README shows.</summary>
    private static string MiddleInReadme([CallerFilePath] string here = "")
    {
        string readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "README.md")).ReplaceLineEndings("\n");
        int start = readme.IndexOf("openai-primary (swedencentral) throttles (429)", StringComparison.Ordinal);
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    /// <summary>A text without the figures that differ from run to run: how many calls met the failing instance, and how many came until it was back.</summary>
    private static string Masked(string text) => Regex.Replace(text.ReplaceLineEndings("\n"), @"(?<=% │) +\d+(?= │)|(?<=again \()\d+", "#");

    [Fact]
    public async Task A_port_that_is_none_is_a_line()
    {
        ToolResult start = await Tool.RunAsync(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "ContosoSuites.Local.dll"), "start", "--app-port=80000", "--gateway-port=-1", "--models-port=http"],
            _folder.FullName,
            new Dictionary<string, string>(),
            "the .NET runtime",
            Cancellation);

        Assert.Equal(1, start.ExitCode);
        Every.One(["--app-port", "--gateway-port", "--models-port"], option => Assert.Contains($"{option} must be a port, a whole number from 0 to 65535.\n", start.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", start.Error + start.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_tells_every_failure_and_why()
    {
        await using TestSystem system = await TestSystem.StartAsync(options => options with { TokensPerMinute = 1500 });

        (int exit, string output, _) = await SendAsync(system.Local.App!.Endpoint, 20);

        Assert.Equal(1, exit);
        Assert.Equal(20, output.Split('\n').Count(line => Regex.IsMatch(line, @"^ +\d+  (Chat|Chat, streamed|Vectorize|MaintenanceCopilotChat) +(200|429) +\d+ ms  ")));
        Assert.Matches(@"│ (swedencentral|francecentral) │ +\d+ │ +[\d.]+ % │", output);
        Assert.Matches(@"│ The token limit is reached\. +│ +429 │ +\d+ │", output);
        Assert.Contains("--tokens-per-minute", output, StringComparison.Ordinal);
        Assert.Matches(@"\n\d+ of 20 calls answered\.", output);
    }

    [Fact]
    public async Task Traffic_takes_no_part_of_a_stream_for_an_answer()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(new CutFault(AfterParts: 6), Cancellation);
        }

        (int exit, string output, _) = await SendAsync(system.Local.App!.Endpoint, 2);

        Assert.Equal(1, exit);
        Assert.Matches(@"Chat, streamed +50\d ", output);
        Assert.Contains("0 of 2 calls answered.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_says_how_to_start_the_system()
    {
        (int exit, string output, string error) = await SendAsync(new Uri("http://127.0.0.1:1/"), 1000);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("./dev start", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_prints_the_answer_and_who_served_it()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        (int exit, string output, string error) = await AskAsync(system.Local.App!.Endpoint, "Hello");

        Assert.Equal((0, ""), (exit, error));
        Assert.Matches(@"\(served by (swedencentral|francecentral)\)", output);
    }

    [Fact]
    public async Task Ask_prints_a_problem_in_words()
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:ApiKey", "wrong"));
        (int exit, string output, string error) = await AskAsync(system.Local.App!.Endpoint, "Hello");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("ApiManagement:ApiKey", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_says_how_to_start_the_system()
    {
        (int exit, _, string error) = await AskAsync(new Uri("http://127.0.0.1:1/"), "Hello");

        Assert.Equal(1, exit);
        Assert.Contains("./dev start", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_prints_its_addresses_and_three_lines_to_paste_and_ends_when_told()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var output = new CancellingWriter("Ctrl-C", stop);

        int exit = await StartCommand.RunAsync(new LocalSystemOptions { AppSettings = LocalSettingsFile.ReadSample() }, coreTools: false, enableAuth: false, output, stop.Token);

        string text = output.ToString();
        Assert.Equal(0, exit);
        Assert.Equal(3, text.Split('\n').Count(line => line.StartsWith("  curl ", StringComparison.Ordinal)));
        Assert.Contains("swedencentral", text, StringComparison.Ordinal);
        Assert.Contains("\nStopping.", text, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> AskAsync(Uri app, string text)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await AskCommand.RunAsync(app, null, text, output, error, Cancellation);
        return (exit, output.ToString(), error.ToString());
    }

    private static async Task<(int Exit, string Output, string Error)> SendAsync(Uri app, int calls)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        int exit = await TrafficCommand.RunAsync(console, app, null, calls, error, Cancellation);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Cancels as soon as a text is written: a user who presses Ctrl-C when told how.</summary>
    private sealed class CancellingWriter(string trigger, CancellationTokenSource cancellation) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            if (value?.Contains(trigger, StringComparison.Ordinal) == true)
            {
                await cancellation.CancelAsync();
            }
        }
    }
}
