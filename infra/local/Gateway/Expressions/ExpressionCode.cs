namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>The C# of one policy expression.</summary>
/// <param name="Text">What stands between the parentheses or braces.</param>
/// <param name="IsBlock">Whether it is statements, <c>@{...}</c>, rather than one expression, <c>@(...)</c>.</param>
/// <param name="Location">Where its text begins.</param>
internal sealed record ExpressionCode(string Text, bool IsBlock, SourceLocation Location)
{
    /// <summary>The expression in <paramref name="value"/>, or null when it is a literal.</summary>
    public static ExpressionCode? TryParse(string value, SourceLocation location)
    {
        var start = 0;
        while (start < value.Length && char.IsWhiteSpace(value[start]))
        {
            start++;
        }

        var trimmed = value.AsSpan().Trim();
        if (trimmed.Length < 3 || trimmed[0] != '@' || (trimmed[1], trimmed[^1]) is not (('(', ')') or ('{', '}')))
        {
            return null;
        }

        var line = location.Line + value.AsSpan(0, start).Count('\n');
        return new ExpressionCode(trimmed[2..^1].ToString(), trimmed[1] == '{', location with { Line = line });
    }
}
