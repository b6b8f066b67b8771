using System.Text.Json.Serialization;
using ContosoSuites.Local.Host.Functions;

namespace ContosoSuites.Local.Host.Admin;

/// <summary>A function in the admin API's JSON.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Href">Its address in the admin API.</param>
/// <param name="InvokeUrlTemplate">Where to call it; null for a timer function.</param>
/// <param name="Language">The worker.</param>
/// <param name="Config">Its bindings.</param>
/// <param name="IsDisabled">Whether it is turned off; never here.</param>
internal sealed record AdminFunction(
    string Name,
    string Href,
    [property: JsonPropertyName("invoke_url_template")] string? InvokeUrlTemplate,
    string Language,
    AdminFunctionConfig Config,
    bool IsDisabled)
{
    private const string Worker = "dotnet-isolated";

    public static AdminFunction Of(HttpFunction function, string href, string url) => new(
        function.Name,
        href,
        url,
        Worker,
        new AdminFunctionConfig(
            function.Name,
            [new AdminHttpTrigger("httpTrigger", "In", function.Authorization.ToString(), function.Methods, function.Route)]),
        IsDisabled: false);

    public static AdminFunction Of(TimerFunction function, string schedule, string href) => new(
        function.Name,
        href,
        InvokeUrlTemplate: null,
        Worker,
        new AdminFunctionConfig(function.Name, [new AdminTimerTrigger("timerTrigger", "In", schedule, function.UseMonitor, function.RunOnStartup)]),
        IsDisabled: false);
}

/// <summary>A function's configuration.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Bindings">Its trigger, an <see cref="AdminHttpTrigger"/> or an <see cref="AdminTimerTrigger"/>.</param>
internal sealed record AdminFunctionConfig(string Name, IReadOnlyList<object> Bindings);

/// <summary>An HTTP trigger.</summary>
internal sealed record AdminHttpTrigger(string Type, string Direction, string AuthLevel, IReadOnlyList<string> Methods, string Route);

/// <summary>A timer trigger with its settings resolved.</summary>
internal sealed record AdminTimerTrigger(string Type, string Direction, string Schedule, bool UseMonitor, bool RunOnStartup);
