using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Gateway.Configuration;
using Spectre.Console;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>
/// <c>verify</c>: has a deployed system, or the local one, prove itself row by row. What a row needs and another has found
/// missing is not asked for again: that row is skipped, so that one fault is one failed row.
/// </summary>
internal sealed class VerifyCommand(IAnsiConsole console, VerifyOptions options)
{
    private const string Blank = "\r                                                  \r";

    private static readonly JsonSerializerOptions RowsJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly List<Row> _rows = [];

    /// <summary>
    /// Runs the checks, and prints a line for each, or all as JSON. The models are those of infra/models.json; a query in the workspace gives its
    /// rows, or says why it can not be asked.
    /// </summary>
    /// <returns>The exit code: 0 when no row has failed.</returns>
    public async Task<int> RunAsync(
        JsonElement models, DateTimeOffset now, Func<string, CancellationToken, Task<(JsonElement? Rows, string? Problem)>> ask, CancellationToken cancellationToken)
    {
        IReadOnlyList<InstanceEntry> instances = GatewayFiles.Read(Path.Combine(AppContext.BaseDirectory, "gateway")).Backends.Instances;
        using var patience = new PatientHandler(Say);
        using var app = new AppClient(options.App, options.Key, patience);
        using var withoutKey = new AppClient(options.App);
        var checks = new AppChecks(app, withoutKey, options, [.. instances.Select(instance => instance.Region)]);
        var spread = new SpreadChecks(app, instances, options.LogTime, ShowProgress);
        Say(Figures.Text($"Verifying {options.App}. To judge the shares it takes {spread.Calls} chats and {spread.Calls} embeddings; the logs then take up to {options.LogTime.TotalMinutes:0.#} minutes."));
        foreach (string line in DeployedModels.Retiring(models, now))
        {
            Say(line);
        }

        await RunAsync(checks.OfService, cancellationToken);
        string? obstacle = checks.CanCall ? null : "the functions can not be called, see above";
        if (obstacle is null)
        {
            await spread.BeginAsync(cancellationToken);
        }

        await RunAsync([.. checks.OfModels, .. spread.All], cancellationToken, obstacle);
        await RunAsync(options.Workspace is null ? [] : new WorkspaceChecks(ask).All, cancellationToken);

        int failed = _rows.Count(row => row.Outcome is Outcome.Failed);
        string limit = patience.TokenLimitsMet > 0 ? Figures.Text($" {patience.TokenLimitsMet} calls met the token limit, which said so, and were made again after the wait.") : "";
        Say(Figures.Text($"{_rows.Count(row => row.Outcome is Outcome.Passed)} passed, {failed} failed, {_rows.Count(row => row.Outcome is Outcome.Skipped)} skipped.{limit}"));
        if (options.Json)
        {
            await console.Profile.Out.Writer.WriteLineAsync(JsonSerializer.Serialize(_rows, RowsJson));
        }

        return failed == 0 ? 0 : 1;
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
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or KeyNotFoundException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nobody answers, the answer breaks off, or it is none of this app's: what it is says the exception.
            return Finding.Failed(e.Message);
        }
    }

    /// <summary>Prints a line, not through the console, which would break it.</summary>
    private void Say(string line)
    {
        if (!options.Json)
        {
            ShowProgress(null);
            console.Profile.Out.Writer.WriteLine(line);
        }
    }

    /// <summary>One line that is written over, on a terminal; nothing where output goes to a file.</summary>
    private void ShowProgress(string? text)
    {
        if (!options.Json && console.Profile.Out.IsTerminal)
        {
            lock (console)
            {
                console.Profile.Out.Writer.Write(text is null ? Blank : $"{Blank}...  {text}");
            }
        }
    }

    private sealed record Row(string Check, Outcome Outcome, string Text, string? WhenItFails);
}

/// <summary>What is verified, and how thoroughly.</summary>
internal sealed record VerifyOptions
{
    public required Uri App { get; init; }

    /// <summary>A function key; null where the app asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>The Log Analytics workspace to ask; null for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>Whether a maintenance request may be saved.</summary>
    public bool Write { get; init; }

    public bool Json { get; init; }

    public required int Dimensions { get; init; }

    /// <summary>How long the collected figures may take to reach the calls.</summary>
    public TimeSpan LogTime { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>One thing that a deployed system has to show, and where to look when it does not.</summary>
internal sealed record Check(string Name, string WhenItFails, Func<CancellationToken, Task<Finding>> RunAsync);

/// <summary>What came of a check: what was seen, or why nothing was looked at.</summary>
internal sealed record Finding(Outcome Outcome, string Text)
{
    public static Finding Of(bool good, string text) => new(good ? Outcome.Passed : Outcome.Failed, text);

    public static Finding Passed(string text) => new(Outcome.Passed, text);

    public static Finding Failed(string text) => new(Outcome.Failed, text);

    public static Finding Skipped(string text) => new(Outcome.Skipped, text);
}

/// <summary>How a check can end.</summary>
internal enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What infra/models.json says of the models that are deployed.</summary>
internal static class DeployedModels
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(120);

    public static string File => Path.Combine(AppContext.BaseDirectory, "models.json");

    public static int Dimensions(JsonElement models) => models.GetProperty("embedding").GetProperty("dimensions").GetInt32();

    /// <summary>A line for every model that retires soon, or has.</summary>
    public static IEnumerable<string> Retiring(JsonElement models, DateTimeOffset now) => models.EnumerateObject()
        .Select(model => (Name: model.Value.GetProperty("model").GetString(), Retires: DateOnly.ParseExact(model.Value.GetProperty("retires").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
        .Select(model => (model.Name, model.Retires, Days: model.Retires.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber))
        .Where(model => model.Days < Notice.Days)
        .Select(model => string.Create(
            CultureInfo.InvariantCulture, $"The model {model.Name} retires on {model.Retires:yyyy-MM-dd}, {(model.Days < 0 ? $"{-model.Days} days ago" : $"in {model.Days} days")}: choose another in infra/models.json."));
}
