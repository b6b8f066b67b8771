using System.Net;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>
/// Makes XML of a policy whose expressions are written as plain C#: with quotes in attributes, and with <c>&lt;</c> and
/// <c>&amp;</c>. API Management takes such text too, as the format <c>rawxml</c>, and most public samples are written in it.
/// </summary>
internal static partial class RawPolicyText
{
    /// <summary>The text with the special characters of its expressions escaped. Lines stay where they are.</summary>
    public static string ToXml(string text)
    {
        var xml = new StringBuilder(text.Length + 256);
        var position = 0;
        while (CommentOrExpression().Match(text, position) is { Success: true } match)
        {
            xml.Append(text, position, match.Index - position);
            var isComment = match.Value[0] == '<';
            position = isComment ? match.Index + match.Length : EndOfExpression(text, match.Index);
            var matched = text[match.Index..position];

            // Samples that have been through an XML editor mix both ways of writing.
            xml.Append(isComment ? matched : SecurityElement.Escape(WebUtility.HtmlDecode(matched)));
        }

        return xml.Append(text, position, text.Length - position).ToString();
    }

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

    // An expression is all that its attribute or element holds, so what stands before it is a quote or a tag.
    [GeneratedRegex("""<!--.*?(-->|\z)|(?<=["'>]\s*)@[({]""", RegexOptions.Singleline)]
    private static partial Regex CommentOrExpression();
}
