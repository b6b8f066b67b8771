using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>A test that asserts nothing can not fail for what it is about, and one that polls waits for what it could be told.</summary>
public sealed class AssertionsTests
{
    /// <summary>The few that wait by the clock, and why.</summary>
    private static readonly string[] Waiting =
    [
        "Functions/Gateway/KernelWireTests.cs", // a transport that never answers
        "Functions/Http/LargeBodyTests.cs", // a caller who sends slowly
        "Functions/Reliability/KillTests.cs", // the moment of a kill is chance
        "Local/Gateway/Policies/PolicyElementTests.cs", // that nothing comes has no event
        "Local/Gateway/Support/Stub.cs", // a backend that never answers
        "Local/Host/FunctionsHostTests.cs", // a function that never ends
        "Local/Host/Timers/TimerTriggersTests.cs", // likewise
        "Local/Host/Wait.cs", // the one loop, with a limit
        "Local/Logs/LogQueryClient.cs", // another process tells of nothing
    ];

    [Fact]
    public void Every_test_asserts_something()
    {
        MethodDeclarationSyntax[] methods = [.. Sources().SelectMany(file => Parse(file).DescendantNodes().OfType<MethodDeclarationSyntax>())];
        ILookup<string, string[]> calls = methods.ToLookup(NameOf, Names);

        // By name, since there are few of one name: what calls something that asserts does so itself.
        // A property that is checked (FsCheck) throws where it does not hold.
        var asserting = new HashSet<string>(["Assert", "ForAll"]);
        int before;
        do
        {
            before = asserting.Count;
            asserting.UnionWith(calls.Where(method => method.Any(asserting.Overlaps)).Select(method => method.Key));
        }
        while (asserting.Count > before);

        MethodDeclarationSyntax[] tests = [.. methods.Where(method => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory"))];
        Assert.True(tests.Length > 900, $"Only {tests.Length} tests were found.");
        string[] silent = [.. tests.Select(NameOf).Where(name => !asserting.Contains(name))];
        Assert.True(silent.Length == 0, $"These assert nothing: {string.Join(", ", silent)}.");
    }

    [Fact]
    public void Nothing_is_asserted_of_items_that_may_be_none() => Assert.Equal(
        ["Every.cs"],
        FilesWith("Assert.All"));

    [Fact]
    public void No_test_polls() => Assert.Equal(
        Waiting,
        FilesWith("Task.Delay", "Thread.Sleep"));

    // Only what has the letters at all is worth the parsing.
    private static IEnumerable<string> FilesWith(params string[] members) => Sources()
        .Where(file => File.ReadAllText(file) is var text && Array.Exists(members, member => text.Contains(member, StringComparison.Ordinal)))
        .Where(file => Parse(file).DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => members.Contains(access.ToString())))
        .Select(file => Path.GetRelativePath(Root(), file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Root(), file).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(Root(), file).StartsWith("bin", StringComparison.Ordinal));

    private static SyntaxNode Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);

    private static string NameOf(MethodDeclarationSyntax method) => method.Identifier.ValueText;

    private static string[] Names(SyntaxNode node) => [.. node.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText)];

    private static string Root([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
