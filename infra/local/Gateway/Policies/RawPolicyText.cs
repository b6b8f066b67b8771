using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>
/// Makes XML of a policy whose expressions are written as plain C#: with quotes in attributes, and with <c>&lt;</c> and
/// <c>&amp;</c>. API Management takes such text too, as the format <c>rawxml</c>, and most public samples are written in it.
/// </summary>
internal static class RawPolicyText
{
    /// <summary>The text with the special characters of its expressions escaped. Lines stay where they are.</summary>
    public static string ToXml(string text)
    {
        var xml = new StringBuilder(text.Length + 256);
        var position = 0;
        while (position < text.Length)
        {
            if (text.AsSpan(position).StartsWith("<!--"))
            {
                position = Copy(text, position, EndOfComment(text, position), xml);
            }
            else if (IsExpression(text, position))
            {
                var end = EndOfExpression(text, position);
                Escape(text.AsSpan(position, end - position), xml);
                position = end;
            }
            else
            {
                position = Copy(text, position, position + 1, xml);
            }
        }

        return xml.ToString();
    }

    private static int Copy(string text, int start, int end, StringBuilder xml)
    {
        xml.Append(text, start, end - start);
        return end;
    }

    private static int EndOfComment(string text, int start)
    {
        var end = text.IndexOf("-->", start, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 3;
    }

    // It is all that its attribute or element holds, so what stands before it is a quote or a tag.
    private static bool IsExpression(string text, int position) =>
        text[position] == '@'
        && position + 1 < text.Length
        && text[position + 1] is '(' or '{'
        && text.AsSpan(0, position).TrimEnd() is [.., '"' or '\'' or '>'];

    // The compiler's own scanner knows strings, characters and comments, and so which parenthesis is the last.
    private static int EndOfExpression(string text, int start)
    {
        var (open, close) = text[start + 1] == '(' ? (SyntaxKind.OpenParenToken, SyntaxKind.CloseParenToken) : (SyntaxKind.OpenBraceToken, SyntaxKind.CloseBraceToken);
        var depth = 0;
        foreach (var token in SyntaxFactory.ParseTokens(text, offset: start + 1, initialTokenPosition: start + 1))
        {
            depth += token.IsKind(open) ? 1 : token.IsKind(close) ? -1 : 0;
            if (depth == 0)
            {
                return token.Span.End;
            }
        }

        return text.Length;
    }

    private static void Escape(ReadOnlySpan<char> expression, StringBuilder xml)
    {
        for (var i = 0; i < expression.Length; i++)
        {
            _ = expression[i] switch
            {
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                '"' => xml.Append("&quot;"),
                '\'' => xml.Append("&apos;"),
                '&' when !IsEntity(expression[i..]) => xml.Append("&amp;"),
                var other => xml.Append(other),
            };
        }
    }

    // Samples that have been through an XML editor mix both ways of writing.
    private static bool IsEntity(ReadOnlySpan<char> text) =>
        text.StartsWith("&lt;") || text.StartsWith("&gt;") || text.StartsWith("&amp;") || text.StartsWith("&quot;") || text.StartsWith("&apos;");
}
