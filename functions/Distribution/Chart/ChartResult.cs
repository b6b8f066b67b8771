using System.Text;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Answers a rendered page with the headers that shut it off from everything else, or 304 where the browser has it.</summary>
/// <param name="page">The page.</param>
/// <param name="contentSecurityPolicy">What the page may do.</param>
/// <param name="status">The HTTP status; under another than 200 the page has no tag.</param>
internal sealed class ChartResult(string page, string contentSecurityPolicy, int status = StatusCodes.Status200OK) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        IHeaderDictionary headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";

        // The page's address may hold a function key.
        headers["Referrer-Policy"] = "no-referrer";
        return status == StatusCodes.Status200OK
            ? new TaggedContent(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8").ExecuteAsync(httpContext)
            : TypedResults.Content(page, "text/html; charset=utf-8", Encoding.UTF8, status).ExecuteAsync(httpContext);
    }
}
