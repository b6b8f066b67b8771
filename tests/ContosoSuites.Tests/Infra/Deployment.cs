using System.Text.Json;
using Xunit;
using Xunit.Sdk;

namespace ContosoSuites.Tests.Infra;

/// <summary>
/// All .bicep files compiled, and what they would deploy, once for the tests of this folder. The compiler works on a copy, in which a
/// test of another input can change files.
/// </summary>
public sealed class Deployment : IAsyncLifetime
{
    /// <summary>The parameters of main.bicep that have no default, and what makes it deploy everything there is.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Complete = new Dictionary<string, string>
    {
        ["environmentName"] = "'test'",
        ["location"] = "'swedencentral'",
        ["publisherEmail"] = "'operator@example.com'",
        ["alertEmail"] = "'operator@example.com'",
        ["principalId"] = "'11111111-1111-1111-1111-111111111111'",
        ["openAIEndpoints"] = "{ 'openai-secondary': 'https://second.openai.azure.com' }",
    };

    // Without infra/local, which is no part of a deployment.
    private static readonly string[] Folders = ["alerts", "gateway", "modules", "queries"];

    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-infra-").FullName;
    private Dictionary<string, Compilation> _compilations = [];
    private BicepCompiler? _compiler;
    private SkipException? _missing;
    private Snapshot? _main;
    private Snapshot? _further;
    private int _copies;

    /// <summary>What became of each file, by its path below infra.</summary>
    internal IReadOnlyDictionary<string, Compilation> Compilations => _compiler is null ? throw _missing! : _compilations;

    /// <summary>What main.bicep deploys with <see cref="Complete"/>.</summary>
    internal Snapshot Main => _compiler is null ? throw _missing! : _main!;

    /// <summary>What DeployAzureOpenResource.bicep deploys.</summary>
    internal Snapshot Further => _compiler is null ? throw _missing! : _further!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _compiler = BicepCompiler.Start();
        }
        catch (SkipException missing)
        {
            // Each test that asks is skipped: a fixture can only fail.
            _missing = missing;
            return;
        }

        string infra = Copy();
        foreach (string file in Directory.EnumerateFiles(infra, "*.bicep", SearchOption.AllDirectories))
        {
            _compilations.Add(Path.GetRelativePath(infra, file).Replace('\\', '/'), await _compiler.CompileAsync(file, Cancellation));
        }

        if (_compilations.Values.All(compilation => compilation.Template.ValueKind is JsonValueKind.Object))
        {
            _main = await EvaluateAsync(infra, "main.bicep", Complete);
            _further = await EvaluateAsync(infra, "DeployAzureOpenResource.bicep", new Dictionary<string, string> { ["apiManagementName"] = "'apim-test'" });
        }
    }

    public ValueTask DisposeAsync()
    {
        _compiler?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the compiler says of a text that stands beside main.bicep.</summary>
    internal async Task<IReadOnlyList<Diagnostic>> CompileAsync(string bicep)
    {
        string file = Path.Combine(Copy(), "probe.bicep");
        await File.WriteAllTextAsync(file, bicep, Cancellation);
        return (await Compiler.CompileAsync(file, Cancellation)).Diagnostics;
    }

    /// <summary>What main.bicep deploys once files below infra were changed, with other parameters on top of <see cref="Complete"/>.</summary>
    internal Task<Snapshot> EvaluateAsync(IReadOnlyDictionary<string, string> parameters, params (string File, string Old, string New)[] changes) =>
        EvaluateAsync(Changed(changes), "main.bicep", Complete.Concat(parameters).GroupBy(parameter => parameter.Key).ToDictionary(same => same.Key, same => same.Last().Value));

    /// <summary>What DeployAzureOpenResource.bicep deploys with these parameters once files below infra were changed.</summary>
    internal Task<Snapshot> EvaluateFurtherAsync(IReadOnlyDictionary<string, string> parameters, params (string File, string Old, string New)[] changes) =>
        EvaluateAsync(Changed(changes), "DeployAzureOpenResource.bicep", parameters);

    /// <summary>Why main.bicep can not be deployed once files below infra were changed: the compiler's word, else that of the evaluation.</summary>
    internal async Task<string> RefusalAsync(IReadOnlyDictionary<string, string> parameters, params (string File, string Old, string New)[] changes)
    {
        BicepException refusal = await Assert.ThrowsAsync<BicepException>(() => EvaluateAsync(parameters, changes));
        if (refusal.Message != BicepException.NotCompiled)
        {
            return refusal.Message;
        }

        Compilation compilation = await Compiler.CompileAsync(Path.Combine(Changed(changes), "main.bicep"), Cancellation);
        return string.Join('\n', compilation.Diagnostics.Select(diagnostic => $"{File.ReadLines(diagnostic.File).ElementAt(diagnostic.Line - 1)}: {diagnostic.Message}"));
    }

    private BicepCompiler Compiler => _compiler ?? throw _missing!;

    private async Task<Snapshot> EvaluateAsync(string infra, string file, IReadOnlyDictionary<string, string> parameters)
    {
        string parametersFile = Path.Combine(infra, Path.ChangeExtension(file, ".bicepparam"));
        await File.WriteAllLinesAsync(parametersFile, [$"using '{file}'", .. parameters.Select(parameter => $"param {parameter.Key} = {parameter.Value}")], Cancellation);
        return await Compiler.EvaluateAsync(parametersFile, file == "main.bicep" ? null : "rg-test", Cancellation);
    }

    private string Changed((string File, string Old, string New)[] changes)
    {
        string infra = Copy();
        foreach ((string name, string old, string @new) in changes)
        {
            string file = Path.Combine(infra, name);
            string text = File.ReadAllText(file);
            Assert.Contains(old, text, StringComparison.Ordinal);
            File.WriteAllText(file, text.Replace(old, @new, StringComparison.Ordinal));
        }

        return infra;
    }

    private string Copy()
    {
        string root = Path.Combine(_folder, $"{Interlocked.Increment(ref _copies)}");
        foreach (string file in Directory.EnumerateFiles(InfraFiles.Infra).Concat(
            Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(InfraFiles.Infra, folder)))))
        {
            string copy = Path.Combine(root, "infra", Path.GetRelativePath(InfraFiles.Infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(Path.Combine(InfraFiles.Root, "bicepconfig.json"), Path.Combine(root, "bicepconfig.json"));
        return Path.Combine(root, "infra");
    }
}

/// <summary>The tests that share one compiler and what it has compiled.</summary>
[CollectionDefinition(Name)]
public sealed class DeploymentCollection : ICollectionFixture<Deployment>
{
    public const string Name = "Deployment";
}
