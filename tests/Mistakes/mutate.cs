// Plants the mistakes of mistakes.json one by one in a copy of the last commit, and tells which of them no test catches.
// Run by './dev mutate [FOLDER]'. Stryker.NET 5.1 would make more of them, but changes what runs by way of a VSTest data collector,
// which the process of an xunit.v3 test project never loads: every mutant survives (stryker-mutator/stryker-net issue 3117).
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

string root = Run("git", ["rev-parse", "--show-toplevel"], Environment.CurrentDirectory).Output.Trim();
string folder = args.Length > 0 ? args[0].TrimEnd('/') + "/" : "";
Mistake[] all = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(root, "tests", "Mistakes", "mistakes.json")), Json.Default.MistakeArray)!;
Mistake[] chosen = [.. all.Where(mistake => mistake.File.StartsWith(folder, StringComparison.Ordinal))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"No mistake is listed for '{folder}'. There are some for {string.Join(", ", all.Select(mistake => mistake.Folder).Distinct())}.");
    return 2;
}

string copy = Directory.CreateTempSubdirectory("mistakes").FullName;
try
{
    Must(Run("git", ["clone", "-q", root, copy], root));
    Console.WriteLine("Building the copy and running every test, without a mistake...");
    Must(Build());
    if (Test() is { } broken)
    {
        // It would catch everything.
        throw new InvalidOperationException($"{broken} fails without a mistake.");
    }

    var found = new List<(Mistake Mistake, string? CaughtBy)>();
    foreach (Mistake mistake in chosen)
    {
        string? caughtBy = TryIt(mistake);
        found.Add((mistake, caughtBy));
        Console.WriteLine($"{found.Count,2} {(caughtBy is null ? "MISSED" : "caught")}  {mistake.Area}: {mistake.What}{(caughtBy is null ? "" : $"\n           by {caughtBy}")}");
    }

    string score = Score(found);
    Console.WriteLine($"\n{score}");
    if (folder.Length == 0)
    {
        WriteDown(score);
    }

    return found.Exists(one => one.CaughtBy is null) ? 1 : 0;
}
finally
{
    Directory.Delete(copy, recursive: true);
}

// The tests that should notice first; only what passes them has to pass all the others too.
string? TryIt(Mistake mistake)
{
    string path = Path.Combine(copy, mistake.File);
    string right = File.ReadAllText(path);
    if (right.Split(mistake.Find).Length != 2)
    {
        throw new InvalidOperationException($"{mistake.File} does not hold '{mistake.Find}' exactly once: bring mistakes.json up to date.");
    }

    File.WriteAllText(path, right.Replace(mistake.Find, mistake.Replace, StringComparison.Ordinal));
    try
    {
        Must(Build());
        string first = string.Join('|', mistake.Tests.Split('|').Select(name => $"FullyQualifiedName~{name}"));
        return Test("--filter", first) ?? Test();
    }
    finally
    {
        File.WriteAllText(path, right);
    }
}

(int Code, string Output) Build() =>
    Run("dotnet", ["build", "tests/ContosoSuites.Tests", "-c", "Release", "-p:RunAnalyzers=false", "-v", "quiet", "-nologo", "-tl:off"], copy);

string? Test(params string[] filter)
{
    (int code, string output) = Run(
        "dotnet", ["test", "tests/ContosoSuites.Tests", "-c", "Release", "--no-build", .. filter, "--blame-hang-timeout", "4m", "--blame-hang-dump-type", "none", "--", "xUnit.StopOnFail=true"], copy);
    return code == 0 ? null : Regex.Match(output, @"^\s*Failed (.+) \[", RegexOptions.Multiline) is { Success: true } failed
        ? failed.Groups[1].Value.Replace("ContosoSuites.Tests.", "", StringComparison.Ordinal)
        : "a run that broke off";
}

static string Score(List<(Mistake Mistake, string? CaughtBy)> found)
{
    IEnumerable<string> rows = found.GroupBy(one => one.Mistake.Folder).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"| {group.Key} | {group.Count()} | {group.Count(one => one.CaughtBy is not null)} |");
    return string.Join('\n', ["| folder | planted | caught |", "| --- | ---: | ---: |", .. rows, $"| all | {found.Count} | {found.Count(one => one.CaughtBy is not null)} |"]);
}

void WriteDown(string score)
{
    string path = Path.Combine(root, "CONTRIBUTING.md");
    string text = File.ReadAllText(path);
    const string Begin = "<!-- mistakes: written by ./dev mutate -->\n\n";
    int start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
    int end = text.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
    File.WriteAllText(path, string.Concat(text.AsSpan(0, start), score, "\n\n", text.AsSpan(end)));
}

static void Must((int Code, string Output) result)
{
    if (result.Code != 0)
    {
        throw new InvalidOperationException(result.Output);
    }
}

static (int Code, string Output) Run(string program, IEnumerable<string> arguments, string folder)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
    using Process process = Process.Start(start)!;
    Task<string> error = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, output + error.GetAwaiter().GetResult());
}

/// <summary>A mistake as a person makes it.</summary>
/// <param name="Area">What it is about.</param>
/// <param name="What">What is wrong afterwards.</param>
/// <param name="File">Where, from the repository's root.</param>
/// <param name="Find">The right text, which the file has once.</param>
/// <param name="Replace">The wrong one.</param>
/// <param name="Tests">Parts of the names of the tests that should notice, with | between.</param>
internal sealed record Mistake(
    [property: JsonPropertyName("area")] string Area,
    [property: JsonPropertyName("mistake")] string What,
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("find")] string Find,
    [property: JsonPropertyName("replace")] string Replace,
    [property: JsonPropertyName("tests")] string Tests)
{
    /// <summary>The folder that it stands in, as deep as one thinks of it.</summary>
    public string Folder => string.Join('/', File.Split('/')[..^1].Take(File.StartsWith("infra/local", StringComparison.Ordinal) ? 3 : 2));
}

[JsonSerializable(typeof(Mistake[]))]
internal sealed partial class Json : JsonSerializerContext;
