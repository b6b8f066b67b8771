using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContosoSuites.Functions.Http;

/// <summary>A failure as the caller of a function is told of it: problem details (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What happened, for a person.</param>
/// <param name="Detail">What to check or to do.</param>
/// <param name="RetryAfter">The value of Retry-After; null where nobody knows when to come again.</param>
public sealed record FunctionProblem(int Status, string Title, string Detail, string? RetryAfter = null) : IResult
{
    /// <summary>What a reply said until it failed; null for nothing.</summary>
    public string? PartialReply { get; init; }

    /// <summary>What the log is told of the cause besides, by whoever describes a failure of what this app depends on. Callers are not told.</summary>
    internal string? Cause { get; init; }

    /// <summary>The body, application/problem+json.</summary>
    public ProblemDetails Details
    {
        get
        {
            var details = new ProblemDetails { Status = Status, Title = Title, Detail = Detail };
            if (PartialReply is not null)
            {
                details.Extensions["partialReply"] = PartialReply;
            }

            return details;
        }
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (RetryAfter is not null)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfter;
        }

        return TypedResults.Problem(Details).ExecuteAsync(httpContext);
    }
}
