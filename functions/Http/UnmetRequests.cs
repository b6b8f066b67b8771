using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Answers requests that the worker did not get to. The host tells it of an invocation on one way and sends the request on
/// another; where the two do not meet within seconds, which means that the processor has more to do than it can, the worker
/// gives the request up before its function has begun, as an empty 500.
/// </summary>
internal sealed class UnmetRequests : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(AnswerAsync);
        next(app);
    };

    private static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (TimeoutException) when (!http.Response.HasStarted)
        {
            await http.Request.DrainAsync();
            await CapacityMiddleware.Full.ExecuteAsync(http);
        }
    }
}
