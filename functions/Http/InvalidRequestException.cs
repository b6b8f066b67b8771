using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContosoSuites.Functions.Http;

/// <summary>A request that can not be served as it is, with the answer that tells its caller what to send instead.</summary>
/// <param name="status">The HTTP status, 400 to 499.</param>
/// <param name="title">What is wrong, for a person.</param>
/// <param name="detail">What to send instead.</param>
/// <param name="inner">What the reader of the request said.</param>
internal sealed class InvalidRequestException(int status, string title, string detail, Exception? inner = null)
    : Exception($"{title} {detail}", inner)
{
    /// <summary>400: the request says something impossible.</summary>
    public static InvalidRequestException BadRequest(string title, string detail, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, title, detail, inner);

    /// <summary>415: the body is of a kind that the function does not read.</summary>
    public static InvalidRequestException UnsupportedMediaType(string? contentType, string expected) =>
        new(
            StatusCodes.Status415UnsupportedMediaType,
            "The body's content type is not supported.",
            $"Content-Type is {(string.IsNullOrEmpty(contentType) ? "missing" : $"'{contentType}'")}. Send {expected}.");

    /// <summary>The answer, application/problem+json.</summary>
    public ProblemHttpResult ToProblem() => TypedResults.Problem(detail, statusCode: status, title: title);
}
