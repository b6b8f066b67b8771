using System.Diagnostics;

namespace ContosoSuites.Local.Gateway.Expressions;

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
