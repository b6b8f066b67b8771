using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// Checks expressions one by one before they are compiled together. A brace too many or too few would otherwise shift what
/// belongs to which, and the errors would speak of the wrong lines.
/// </summary>
internal static class ExpressionSyntax
{
    /// <summary>C# as API Management takes it.</summary>
    public static CSharpParseOptions Options { get; } = new(LanguageVersion.CSharp7_3);

    /// <exception cref="GatewayConfigurationException">Every error, with file and line.</exception>
    public static void Check(IEnumerable<ExpressionCode> expressions)
    {
        var errors = expressions.SelectMany(Errors).Distinct().ToList();
        if (errors.Count > 0)
        {
            throw new GatewayConfigurationException(string.Join(Environment.NewLine, errors));
        }
    }

    private static IEnumerable<string> Errors(ExpressionCode code)
    {
        SyntaxNode node = code.IsBlock
            ? SyntaxFactory.ParseStatement($"{{{code.Text}\n}}", options: Options)
            : SyntaxFactory.ParseExpression(code.Text, options: Options);
        if (node.ContainsDirectives)
        {
            yield return $"{code.Location}: an expression takes no preprocessor directives.";
        }

        foreach (var diagnostic in node.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            // An error at the end of a block is on the line that was added here.
            var line = Math.Min(diagnostic.Location.GetLineSpan().StartLinePosition.Line, code.Text.AsSpan().Count('\n'));
            yield return $"{code.Location with { Line = code.Location.Line + line }}: {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        }
    }
}
