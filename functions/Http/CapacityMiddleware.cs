using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Refuses at once what comes while as many requests are under way as this instance may hold, so that those are answered and
/// the process lives. Timers pass.
/// </summary>
/// <remarks>
/// It stands inside of <see cref="ProblemDetailsMiddleware"/>, which writes the refusal. A place is free again once the answer
/// has been sent, or its caller has left, and not when the function returns: a stream calls the model while it is written.
/// </remarks>
/// <param name="settings">How many places there are.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Told that requests are refused, at most once a minute: it must not be what an instance that is full is busy with.</param>
internal sealed partial class CapacityMiddleware(HttpSettings settings, TimeProvider timeProvider, ILogger<CapacityMiddleware> logger)
    : IFunctionsWorkerMiddleware, IDisposable
{
    /// <summary>The refusal.</summary>
    public static readonly FunctionProblem Full = new(
        StatusCodes.Status503ServiceUnavailable,
        "The app has as many requests under way as it can hold.",
        "Nothing was done. Send the request again after the time in Retry-After.",
        RetryAfter: "5");

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions { PermitLimit = settings.MaxConcurrentRequests });
    private long _lastWarning;

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            RateLimitLease place = _places.AttemptAcquire();
            http.Response.RegisterForDispose(place);
            if (!place.IsAcquired)
            {
                Warn();
                context.GetInvocationResult().Value = Full;
                return;
            }
        }

        await next(context);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private void Warn()
    {
        long now = timeProvider.GetTimestamp();
        long last = Volatile.Read(ref _lastWarning);
        bool isDue = last == 0 || timeProvider.GetElapsedTime(last, now) >= BetweenWarnings;
        if (isDue && Interlocked.CompareExchange(ref _lastWarning, now, last) == last)
        {
            LogFull(settings.MaxConcurrentRequests);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests are refused: {Most} are under way, as many as Http:MaxConcurrentRequests allows.")]
    private partial void LogFull(int most);
}
