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
        var trimmed = value.AsSpan().Trim();
        if (trimmed.Length < 3 || trimmed[0] != '@' || (trimmed[1], trimmed[^1]) is not (('(', ')') or ('{', '}')))
        {
            return null;
        }

        var start = value.IndexOf('@', StringComparison.Ordinal);
        return new ExpressionCode(trimmed[2..^1].ToString(), trimmed[1] == '{', location.Below(value.AsSpan(0, start)));
    }
}

/// <summary>A place in a policy file. Only the file's name is kept: what is compiled from it is then the same in every folder.</summary>
internal readonly record struct SourceLocation(string File, int Line)
{
    /// <summary>The place where a text that begins here ends.</summary>
    public SourceLocation Below(ReadOnlySpan<char> text) => this with { Line = Line + text.Count('\n') };

    public override string ToString() => $"{File}({Line})";
}
