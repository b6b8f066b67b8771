using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Http;

/// <summary>A request that can not be served as it is, with the problem that tells its caller what to send instead.</summary>
/// <param name="problem">The answer, with a status from 400 to 499.</param>
/// <param name="inner">What the reader of the request said.</param>
internal sealed class InvalidRequestException(FunctionProblem problem, Exception? inner = null)
    : Exception($"{problem.Title} {problem.Detail}", inner)
{
    /// <summary>The answer.</summary>
    public FunctionProblem Problem { get; } = problem;

    /// <summary>400: the request says something impossible.</summary>
    public static InvalidRequestException BadRequest(string title, string detail, Exception? inner = null) =>
        new(new FunctionProblem(StatusCodes.Status400BadRequest, title, detail), inner);

    /// <summary>404: what the request names does not exist.</summary>
    public static InvalidRequestException NotFound(string title, string detail) =>
        new(new FunctionProblem(StatusCodes.Status404NotFound, title, detail));

    /// <summary>408: the request does not come.</summary>
    public static InvalidRequestException Timeout(string title, string detail, Exception? inner = null) =>
        new(new FunctionProblem(StatusCodes.Status408RequestTimeout, title, detail), inner);

    /// <summary>409: somebody else was faster.</summary>
    public static InvalidRequestException Conflict(string title, string detail) =>
        new(new FunctionProblem(StatusCodes.Status409Conflict, title, detail));

    /// <summary>413: the body is larger than anything that the function accepts.</summary>
    public static InvalidRequestException TooLarge(string detail, Exception? inner = null) =>
        new(new FunctionProblem(StatusCodes.Status413PayloadTooLarge, "The body is too large.", detail), inner);

    /// <summary>415: the body is of a kind that the function does not read.</summary>
    public static InvalidRequestException UnsupportedContentType(string? contentType, string expected) => UnsupportedMediaType(
        "The body's content type is not supported.", $"Content-Type is {(string.IsNullOrEmpty(contentType) ? "missing" : $"'{contentType}'")}. Send {expected}.");

    /// <summary>415: the body is written in a way that the function does not read.</summary>
    public static InvalidRequestException UnsupportedMediaType(string title, string detail) =>
        new(new FunctionProblem(StatusCodes.Status415UnsupportedMediaType, title, detail));

    /// <summary>422: the request can be read and must not be carried out.</summary>
    public static InvalidRequestException Unprocessable(string title, string detail) =>
        new(new FunctionProblem(StatusCodes.Status422UnprocessableEntity, title, detail));
}
