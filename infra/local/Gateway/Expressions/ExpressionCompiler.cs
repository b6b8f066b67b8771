using ContosoSuites.Local.Gateway.Expressions.Context;
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
    private static readonly HashSet<string> ReferenceNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "netstandard", "System.Private.CoreLib", "System.Private.Uri", "System.Private.Xml", "System.Private.Xml.Linq", "System.Runtime",
        "System.Collections", "System.Linq", "System.Net.Primitives", "System.Runtime.Extensions", "System.Security.Cryptography",
        "System.Text.RegularExpressions", "System.Web.HttpUtility", "System.Xml.ReaderWriter", "System.Xml.XDocument", "Newtonsoft.Json",
        // No expression may use them, but the types of Newtonsoft.Json implement interfaces that are in there.
        "System.ComponentModel", "System.ComponentModel.Primitives", "System.ComponentModel.TypeConverter", "System.Linq.Expressions", "System.ObjectModel",
    };

    /// <summary>The assembly as a file's bytes, with its symbols inside.</summary>
    /// <exception cref="GatewayConfigurationException">Every error, with the policy's file and line.</exception>
    public static byte[] Compile(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source, ExpressionSyntax.Options, encoding: System.Text.Encoding.UTF8);
        var compilation = CSharpCompilation.Create(
            ExpressionSource.TypeName,
            [tree],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));

        Refuse(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => (diagnostic.Location, diagnostic.Id + ": " + diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))));
        Refuse(AllowedTypes.FindOthers(compilation.GetSemanticModel(tree)));

        using var image = new MemoryStream();
        var result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Refuse(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => (diagnostic.Location, diagnostic.Id + ": " + diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))));
        return image.ToArray();
    }

    private static void Refuse(IEnumerable<(Location Location, string Message)> errors)
    {
        var messages = errors.Select(error =>
        {
            var span = error.Location.GetMappedLineSpan();
            return $"{new SourceLocation(Path.GetFileName(span.Path), span.StartLinePosition.Line + 1)}: {error.Message}";
        }).Distinct().ToList();
        if (messages.Count > 0)
        {
            throw new GatewayConfigurationException(string.Join(Environment.NewLine, messages));
        }
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => ReferenceNames.Contains(Path.GetFileNameWithoutExtension(path)))
            .Append(typeof(IPolicyContext).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
}
