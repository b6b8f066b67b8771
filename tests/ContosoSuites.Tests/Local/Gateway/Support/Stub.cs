using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>Things for a <see cref="StubBackend"/> to do.</summary>
internal static class Stub
{
    public static Func<HttpContext, Task> Answer(int status, string body, string? retryAfter = null) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        return http.Response.WriteAsync(body, http.RequestAborted);
    };

    /// <summary>Breaks the connection before any byte of a response.</summary>
    public static Task Reset(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Says nothing until the caller gives up.</summary>
    public static Task Hang(HttpContext http) =>
        Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
}
