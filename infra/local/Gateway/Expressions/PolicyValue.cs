using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// The value of an attribute or text in a policy: a literal, or an expression that is evaluated for each request. An
/// expression gets its code after the whole policy has been read, because all expressions are compiled together.
/// </summary>
internal sealed class PolicyValue<T>
{
    private readonly bool _isLiteral;
    private readonly T? _literal;
    private readonly SourceLocation _location;
    private Func<IPolicyContext, T>? _expression;

    private PolicyValue(bool isLiteral, T? literal, SourceLocation location)
    {
        _isLiteral = isLiteral;
        _literal = literal;
        _location = location;
    }

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
        value = _literal;
        return _isLiteral;
    }

    /// <summary>The value for one request, where null is none.</summary>
    /// <exception cref="ExpressionException">The expression has thrown, or has returned null.</exception>
    public T GetRequired(IPolicyContext context) => Get(context) ?? throw new ExpressionException($"{_location}: The expression has returned null.");

    /// <summary>The value for one request.</summary>
    /// <exception cref="ExpressionException">The expression has thrown.</exception>
    public T Get(IPolicyContext context)
    {
        if (_isLiteral)
        {
            return _literal!;
        }

        try
        {
            return _expression!(context);
        }
        catch (Exception exception)
        {
            throw ExpressionException.From(exception, _location);
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
