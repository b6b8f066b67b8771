using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>Keeps out of every log, the host's included, what libraries would write there of keys and of guests' words.</summary>
internal static class PrivateLogs
{
    /// <summary>The categories that are cut off below a level, whatever level a setting asks for.</summary>
    private static readonly (string Category, LogLevel Least)[] Limits =
    [
        // "Request starting" and "Request finished" hold the query string: function keys (?code=), and the text of Vectorize.
        ("Microsoft.AspNetCore", LogLevel.Warning),

        // At Trace the chat client logs messages. A failed call is logged once, by FunctionProblems, without what was said; here
        // it would be twice more, with its stack.
        ("Microsoft.Extensions.AI", LogLevel.None),
        ("Microsoft.SemanticKernel", LogLevel.None),

        // Each attempt at a model call is an Information, and with a stack where the caller has left.
        ("Polly", LogLevel.Warning),
    ];

    /// <summary>Cuts them off, for all that logs are written to.</summary>
    public static void KeepLogsPrivate(this IHostApplicationBuilder builder) => builder.Services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // Of several rules that apply only the most special one counts, and settings can make one more special than any of
        // ours. So each rule gets the limits, and a first one that applies where there is no other.
        LoggerFilterRule[] rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        foreach (LoggerFilterRule rule in rules)
        {
            options.Rules.Add(new LoggerFilterRule(
                rule.ProviderName,
                rule.CategoryName,
                rule.LogLevel,
                (provider, category, level) => IsWithinLimits(category, level) && rule.Filter?.Invoke(provider, category, level) != false));
        }
    });

    private static bool IsWithinLimits(string? category, LogLevel level) =>
        Array.TrueForAll(Limits, limit => level >= limit.Least || category?.StartsWith(limit.Category, StringComparison.Ordinal) != true);
}

/// <summary>
/// Takes the message of its exception from a span that failed. It may quote what a model wrote or a model was told: the
/// argument of a tool that can not be read, or an instance's refusal. What the exception was, the span still says.
/// </summary>
internal sealed class PrivateSpans : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data) => data.SetStatus(data.Status);
}
