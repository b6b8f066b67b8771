using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Http;

/// <summary>Turns what can go wrong in a function, for reasons outside this app's code, into problems that say what to do.</summary>
/// <param name="gateway">Describes failed model calls.</param>
/// <param name="modelCalls">Knows the function that runs.</param>
/// <param name="outage">Tells the log what is the matter with the store.</param>
/// <param name="logger">Told of everything that is not the caller's doing.</param>
public sealed partial class FunctionProblems(GatewayProblems gateway, ModelCalls modelCalls, StorageOutage outage, ILogger<FunctionProblems> logger)
{
    /// <summary>Describes an exception. Use it as an exception filter: what it does not know is a defect, and goes on to the host.</summary>
    /// <param name="exception">What was thrown, while nobody had called the invocation off.</param>
    /// <param name="problem">The problem to answer.</param>
    /// <returns>Whether there is a problem to answer.</returns>
    public bool TryDescribe(Exception exception, [NotNullWhen(true)] out FunctionProblem? problem)
    {
        problem = Describe(exception);
        return problem is not null;
    }

    private FunctionProblem? Describe(Exception exception)
    {
        switch (exception)
        {
            case InvalidRequestException e:
                return e.Problem;
            case StorageUnavailableException e:
                outage.Begin(e);
                LogStorageUnavailable(modelCalls.Current?.Function, e.Problem);
                return new FunctionProblem(
                    StatusCodes.Status503ServiceUnavailable,
                    "The data store is not available.",
                    "Nothing of this request was stored. Try again later; the app's log names the store and the cause.",
                    e.RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null);
            case ItemTooLargeException:
                return new FunctionProblem(
                    StatusCodes.Status413PayloadTooLarge,
                    "This is too much to be stored in one piece.",
                    "Nothing of this request was stored. Send less at once; a conversation that has grown too long has to be begun anew.");
            default:
                FunctionProblem? problem = gateway.Describe(exception);
                if (problem is not null)
                {
                    LogFailedModelCall(modelCalls.Current?.Function, problem.Status, problem.Title, exception.InnerException?.GetType().Name);
                }

                return problem;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function} answers 503: the data store is not available ({Problem}).")]
    private partial void LogStorageUnavailable(string? function, StorageProblem problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function} answers {Status} after a failed model call: {Title} ({Exception})")]
    private partial void LogFailedModelCall(string? function, int status, string title, string? exception);
}
