using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Configuration;
using Spectre.Console;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>
/// <c>verify</c>: has a deployed system, or the local one, prove itself row by row. What a row needs and another has found
/// missing is not asked for again: that row is skipped, so that one fault is one failed row.
/// </summary>
internal sealed class VerifyCommand
{
    private const string Blank = "\r                                                  \r";

    private readonly IAnsiConsole _console;
    private readonly VerifyOptions _options;
    private readonly List<Row> _rows = [];

    private VerifyCommand(IAnsiConsole console, VerifyOptions options) => (_console, _options) = (console, options);

    /// <summary>Runs the checks, and prints a line for each, or all as JSON.</summary>
    /// <param name="console">Where they are printed.</param>
    /// <param name="options">What is verified.</param>
    /// <param name="models">infra/models.json.</param>
    /// <param name="now">The present.</param>
    /// <param name="ask">Runs a query in the workspace and returns its rows, or says why it can not.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code: 0 when no row has failed.</returns>
    public static Task<int> RunAsync(
        IAnsiConsole console,
        VerifyOptions options,
        JsonElement models,
        DateTimeOffset now,
        Func<string, CancellationToken, Task<(JsonElement? Rows, string? Problem)>> ask,
        CancellationToken cancellationToken) =>
        new VerifyCommand(console, options).RunAsync(models, now, ask, cancellationToken);

    private async Task<int> RunAsync(
        JsonElement models, DateTimeOffset now, Func<string, CancellationToken, Task<(JsonElement? Rows, string? Problem)>> ask, CancellationToken cancellationToken)
    {
        IReadOnlyList<InstanceEntry> instances = GatewayFiles.Read(Path.Combine(AppContext.BaseDirectory, "gateway")).Backends.Instances;
        using var app = new VerifiedApp(_options.App, _options.Key, Say);
        var service = new ServiceChecks(app, _options);
        var spread = new SpreadChecks(app, instances, (done, all) => ShowProgress(string.Create(CultureInfo.InvariantCulture, $"{done} of {all} calls")));
        var collection = new CollectionCheck(app, _options, instances, spread, (waited, all) => ShowProgress(Bar(waited / all)));
        Say(string.Create(CultureInfo.InvariantCulture, $"Verifying {_options.App}. To judge the shares it takes {spread.Calls} chats and {spread.Calls} embeddings; the logs then take up to {_options.LogTime.TotalMinutes:0.#} minutes."));
        foreach (string line in DeployedModels.Retiring(models, now))
        {
            Say(line);
        }

        await RunAsync(service.All, cancellationToken);
        string? obstacle = service.CanCall ? null : "the functions can not be called, see above";
        if (obstacle is null)
        {
            await collection.BeginAsync(cancellationToken);
        }

        await RunAsync(
            [
                .. new ModelChecks(app, _options, [.. instances.Select(instance => instance.Region)]).All,
                new CopilotCheck(app, _options).Check,
                .. spread.All,
                collection.Check,
            ],
            cancellationToken,
            obstacle);
        if (_options.Workspace is not null)
        {
            await RunAsync(new WorkspaceChecks(ask).All, cancellationToken);
        }

        return await EndAsync(app);
    }

    private async Task RunAsync(IEnumerable<Check> checks, CancellationToken cancellationToken, string? obstacle = null)
    {
        foreach (Check check in checks)
        {
            ShowProgress(check.Name);
            Finding finding = obstacle is null ? await LookAsync(check, cancellationToken) : Finding.Skipped(obstacle);
            _rows.Add(new Row(check.Name, finding.Outcome, finding.Text, finding.Outcome is Outcome.Failed ? check.WhenItFails : null));
            string mark = finding.Outcome switch { Outcome.Passed => "ok    ", Outcome.Failed => "FAILED", _ => "--    " };
            Say($"{mark}  {check.Name}: {finding.Text}");
            if (finding.Outcome is Outcome.Failed)
            {
                Say($"        {check.WhenItFails}");
            }
        }
    }

    private static async Task<Finding> LookAsync(Check check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or KeyNotFoundException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nobody answers, the answer breaks off, or it is none of this app's: what it is says the exception.
            return Finding.Failed(e.Message);
        }
    }

    private async Task<int> EndAsync(VerifiedApp app)
    {
        int failed = _rows.Count(row => row.Outcome is Outcome.Failed);
        if (_options.Json)
        {
            await _console.Profile.Out.Writer.WriteLineAsync(JsonSerializer.Serialize(_rows, RowsJson));
        }
        else
        {
            string limit = app.TokenLimitsMet > 0 ? string.Create(CultureInfo.InvariantCulture, $" {app.TokenLimitsMet} calls met the token limit, which said so, and were made again after the wait.") : "";
            Say(string.Create(CultureInfo.InvariantCulture, $"{_rows.Count(row => row.Outcome is Outcome.Passed)} passed, {failed} failed, {_rows.Count(row => row.Outcome is Outcome.Skipped)} skipped.{limit}"));
        }

        return failed == 0 ? 0 : 1;
    }

    /// <summary>Prints a line, not through the console, which would break it.</summary>
    private void Say(string line)
    {
        if (!_options.Json)
        {
            ShowProgress(null);
            _console.Profile.Out.Writer.WriteLine(line);
        }
    }

    /// <summary>One line that is written over, on a terminal; nothing where output goes to a file.</summary>
    private void ShowProgress(string? text)
    {
        if (!_options.Json && _console.Profile.Out.IsTerminal)
        {
            lock (_console)
            {
                _console.Profile.Out.Writer.Write(text is null ? Blank : $"{Blank}...  {text}");
            }
        }
    }

    private static string Bar(double part) => $"[{new string('#', (int)(part * 30)),-30}] waiting for the logs";

    private static readonly JsonSerializerOptions RowsJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private sealed record Row(string Check, Outcome Outcome, string Text, string? WhenItFails);
}
