using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// The value of an attribute or text in a policy: a literal, or an expression that is evaluated for each request. An
/// expression gets its code after the whole policy has been read, because all expressions are compiled together.
/// </summary>
internal sealed class PolicyValue<T>(bool isLiteral, T? literal, SourceLocation location)
{
    private Func<IPolicyContext, T>? _expression;

    /// <summary>A value that stands in the policy as it is.</summary>
    public static PolicyValue<T> Literal(T value) => new(isLiteral: true, value, default);

    /// <summary>A value that <paramref name="code"/> computes, once <paramref name="expressions"/> are compiled.</summary>
    public static PolicyValue<T> Expression(ExpressionSet expressions, ExpressionCode code)
    {
        var value = new PolicyValue<T>(isLiteral: false, default, code.Location);
        expressions.Add(code, typeof(T), compiled => value._expression = compiled.CreateDelegate<Func<IPolicyContext, T>>());
        return value;
    }

    /// <summary>The value, when it is the same for all requests.</summary>
    public bool TryGetLiteral([MaybeNullWhen(false)] out T value)
    {
        value = literal;
        return isLiteral;
    }

    /// <summary>The value for one request, where null is none.</summary>
    /// <exception cref="ExpressionException">The expression has thrown, or has returned null.</exception>
    public T GetRequired(IPolicyContext context) => Get(context) ?? throw new ExpressionException($"{location}: The expression has returned null.");

    /// <summary>The value for one request.</summary>
    /// <exception cref="ExpressionException">The expression has thrown.</exception>
    public T Get(IPolicyContext context)
    {
        if (isLiteral)
        {
            return literal!;
        }

        try
        {
            return _expression!(context);
        }
        catch (Exception exception)
        {
            throw ExpressionException.From(exception, location);
        }
    }
}

/// <summary>A policy expression has thrown. The message says where and what.</summary>
internal sealed class ExpressionException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Finds the line that has thrown; <paramref name="start"/>, where the expression begins, will do otherwise.</summary>
    public static ExpressionException From(Exception exception, SourceLocation start)
    {
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(frame => frame.GetFileLineNumber() > 0 && frame.GetFileName() is { } file && Path.GetFileName(file) == start.File);
        var location = frame is null ? start : start with { Line = frame.GetFileLineNumber() };
        return new ExpressionException($"{location}: {exception.Message}", exception);
    }
}

/// <summary>The C# of one policy expression: statements, <c>@{...}</c>, or one expression, <c>@(...)</c>, without the braces or parentheses.</summary>
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
