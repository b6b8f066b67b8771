using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// Compiles expressions as API Management would: C# 7, and only the types it lets expressions use. What compiles here
/// should not be refused there.
/// </summary>
internal static class ExpressionCompiler
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp7_3);

    private static readonly HashSet<string> ReferenceNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "netstandard", "System.Private.CoreLib", "System.Private.Uri", "System.Runtime", "System.Collections", "System.Linq", "System.Net.Primitives",
        "System.Runtime.Extensions", "System.Web.HttpUtility", "Newtonsoft.Json",
        // No expression may use them, but the types of Newtonsoft.Json implement interfaces that are in there.
        "System.ComponentModel", "System.ComponentModel.Primitives", "System.ComponentModel.TypeConverter", "System.Linq.Expressions", "System.ObjectModel",
    };

    // Kept with what the compiler has found in them: reading them takes longer than to compile a policy.
    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => ReferenceNames.Contains(Path.GetFileNameWithoutExtension(path)))
            .Append(typeof(IPolicyContext).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>
    /// Checks expressions one by one before they are compiled together. A brace too many or too few would otherwise shift what
    /// belongs to which, and the errors would speak of the wrong lines.
    /// </summary>
    /// <exception cref="GatewayConfigurationException">Every error, with the policy's file and line.</exception>
    public static void Check(IEnumerable<ExpressionCode> expressions) => Refuse(expressions.SelectMany(SyntaxErrors));

    /// <summary>The assembly as a file's bytes, with its symbols inside.</summary>
    /// <exception cref="GatewayConfigurationException">Every error, with the policy's file and line.</exception>
    public static byte[] Compile(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source, Options, encoding: Encoding.UTF8);
        var compilation = CSharpCompilation.Create(
            ExpressionSet.TypeName,
            [tree],
            References.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Refuse(result.Diagnostics.Where(IsError).Select(error => $"{LocationOf(error.Location)}: {TextOf(error)}"));
        Refuse(AllowedTypes.FindOthers(compilation.GetSemanticModel(tree)).Select(other => $"{LocationOf(other.Location)}: {other.Message}"));
        return image.ToArray();
    }

    private static IEnumerable<string> SyntaxErrors(ExpressionCode code)
    {
        SyntaxNode node = code.IsBlock
            ? SyntaxFactory.ParseStatement($"{{{code.Text}\n}}", options: Options)
            : SyntaxFactory.ParseExpression(code.Text, options: Options);
        if (node.ContainsDirectives)
        {
            yield return $"{code.Location}: an expression takes no preprocessor directives.";
        }

        foreach (var error in node.GetDiagnostics().Where(IsError))
        {
            // An error at the end of a block is on the line that was added here.
            var line = Math.Min(error.Location.GetLineSpan().StartLinePosition.Line, code.Text.AsSpan().Count('\n'));
            yield return $"{code.Location with { Line = code.Location.Line + line }}: {TextOf(error)}";
        }
    }

    private static void Refuse(IEnumerable<string> errors)
    {
        var messages = errors.Distinct().ToList();
        if (messages.Count > 0)
        {
            throw new GatewayConfigurationException(string.Join(Environment.NewLine, messages));
        }
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static string TextOf(Diagnostic error) => $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";

    private static SourceLocation LocationOf(Location location)
    {
        var span = location.GetMappedLineSpan();
        return new SourceLocation(Path.GetFileName(span.Path), span.StartLinePosition.Line + 1);
    }
}
