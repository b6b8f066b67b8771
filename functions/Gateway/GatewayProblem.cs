using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContosoSuites.Functions.Gateway;

/// <summary>A failed model call as its caller is told of it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What happened, for a person.</param>
/// <param name="Detail">What to check or to do.</param>
/// <param name="RetryAfter">The value of Retry-After; null where the gateway gave none.</param>
public sealed record GatewayProblem(int Status, string Title, string Detail, string? RetryAfter = null) : IResult
{
    /// <summary>The body, application/problem+json.</summary>
    public ProblemDetails Details => new() { Status = Status, Title = Title, Detail = Detail };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (RetryAfter is not null)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfter;
        }

        return TypedResults.Problem(Details).ExecuteAsync(httpContext);
    }
}
