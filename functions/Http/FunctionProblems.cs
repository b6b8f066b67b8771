using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Http;

/// <summary>Turns what can go wrong in a function, for reasons outside this app's code, into problems that say what to do.</summary>
/// <param name="sources">Describe the failures of what functions depend on.</param>
/// <param name="logger">Told of everything that is not the caller's doing.</param>
public sealed partial class FunctionProblems(IEnumerable<IProblemSource> sources, ILogger<FunctionProblems> logger)
{
    private readonly IProblemSource[] _sources = [.. sources];

    /// <summary>Describes an exception. Use it as an exception filter: what nobody knows is a defect, and goes on to the host.</summary>
    /// <param name="function">The function that failed.</param>
    /// <param name="exception">What was thrown, while nobody had called the invocation off.</param>
    /// <param name="problem">The problem to answer.</param>
    /// <returns>Whether there is a problem to answer.</returns>
    public bool TryDescribe(string function, Exception exception, [NotNullWhen(true)] out FunctionProblem? problem)
    {
        if (exception is InvalidRequestException invalid)
        {
            problem = invalid.Problem;
            return true;
        }

        problem = _sources.Select(source => source.Describe(exception)).FirstOrDefault(described => described is not null);
        if (problem is not null)
        {
            LogFailure(function, problem.Status, problem.Title, problem.Cause);
        }

        return problem is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function} answers {Status}: {Title} ({Cause})")]
    private partial void LogFailure(string function, int status, string title, string? cause);
}
