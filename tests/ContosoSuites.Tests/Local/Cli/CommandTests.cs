using System.Globalization;
using ContosoSuites.Local;
using ContosoSuites.Local.Cli;
using Spectre.Console;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>What ./dev calls, as it is called.</summary>
public sealed class CommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_succeeds_and_shows_every_phase()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;

        int exit = await DemoCommand.RunAsync(console, Cancellation);

        string text = output.ToString();
        Assert.True(exit == 0, text);
        Assert.DoesNotContain("not ok", text, StringComparison.Ordinal);
        Assert.Contains("80 of 80 calls answered (100 %)", text, StringComparison.Ordinal);
        Assert.Contains("throttles (429)", text, StringComparison.Ordinal);
        Assert.Contains("refuses connections", text, StringComparison.Ordinal);
        Assert.Contains("429 Too Many Requests: The token limit is reached.", text, StringComparison.Ordinal);
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

        int exit = await StartCommand.RunAsync(new LocalSystemOptions { AppSettings = LocalSettingsFile.ReadSample() }, coreTools: false, output, stop.Token);

        string text = output.ToString();
        Assert.Equal(0, exit);
        Assert.Equal(3, text.Split('\n').Count(line => line.StartsWith("  curl ", StringComparison.Ordinal)));
        Assert.Contains("swedencentral", text, StringComparison.Ordinal);
        Assert.EndsWith("Stopping.\n", text, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> AskAsync(Uri app, string text)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await AskCommand.RunAsync(app, text, output, error, Cancellation);
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
