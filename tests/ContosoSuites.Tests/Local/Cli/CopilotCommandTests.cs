using ContosoSuites.Local.Cli;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using Spectre.Console;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary><c>ask --copilot</c>, and the conversation of the demo.</summary>
public sealed class CopilotCommandTests(SharedCopilot shared) : IClassFixture<SharedCopilot>
{
    private readonly CopilotSystem _system = shared.System;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_line_is_a_message_of_one_conversation()
    {
        int before = (await _system.MadeRequestsAsync()).Length;

        (int exitCode, string output, string error) = await RunAsync("\nThe fan rattles in room 8 at Linden Court\n\nYes, save it.\nEXIT\nNever sent\n");

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Equal(before + 1, (await _system.MadeRequestsAsync()).Length);
        Assert.Equal(2, output.Split("(served by ").Length - 1);
        Assert.Contains("Here is the draft", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Never sent", output, StringComparison.Ordinal);
        Assert.DoesNotContain("> ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_argument_is_the_first_message_and_the_end_of_the_input_the_end()
    {
        (int exitCode, string output, _) = await RunAsync("Yes", "The fan rattles in room 8 at Linden Court");

        Assert.Equal(0, exitCode);
        Assert.Contains("Saved.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_is_told_and_the_conversation_goes_on()
    {
        (int exitCode, string output, string error) = await RunAsync($"{new string('x', 9000)}\nHello\n");

        Assert.Equal(0, exitCode);
        Assert.Contains("400", error, StringComparison.Ordinal);
        Assert.Contains("Copilot:MaxMessageLength", error, StringComparison.Ordinal);
        Assert.Contains("served by", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_code_is_that_of_the_last_message()
    {
        (int exitCode, _, _) = await RunAsync($"Hello\n{new string('x', 9000)}\n");

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Where_nothing_answers_it_says_what_to_do()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader("Hello");

        // Port 1 is below those that anybody is given.
        int exitCode = await CopilotCommand.RunAsync(new Uri("http://127.0.0.1:1/"), null, null, input, false, output, error, Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("./dev start", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_c_ends_it_while_it_waits_for_the_next_message()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var input = new WaitingReader(stop);

        Assert.Equal(0, await CopilotCommand.RunAsync(_system.Host.Endpoint, null, "Hello", input, false, output, error, stop.Token));
        input.Release();
    }

    [Fact]
    public async Task The_demo_saves_a_request_and_finds_it_in_the_list()
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });

        string? id = await DemoConversation.RunAsync(console, _system.Host.Endpoint, Cancellation);

        Assert.NotNull(id);
        Assert.Contains(await _system.MadeRequestsAsync(), request => request.GetProperty("id").GetString() == id);
        Assert.Contains(id, output.ToString().ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string lines, string? first = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(lines);
        int exitCode = await CopilotCommand.RunAsync(_system.Host.Endpoint, null, first, input, isTerminal: false, output, error, Cancellation);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A terminal at which nobody types: the first read presses Ctrl-C and then waits.</summary>
    private sealed class WaitingReader(CancellationTokenSource stop) : StringReader("")
    {
        private readonly TaskCompletionSource _released = new();

        public override string? ReadLine()
        {
            stop.Cancel();
            _released.Task.GetAwaiter().GetResult();
            return null;
        }

        public void Release() => _released.SetResult();
    }
}
