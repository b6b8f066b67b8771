using ContosoSuites.Local.Host.Functions;
using ContosoSuites.Local.Host.Timers;

namespace ContosoSuites.Local.Host.Admin;

/// <summary>
/// The part of the Functions host's admin API that is of use locally: the list of functions, one function, and a run of a
/// timer function now. The shapes are those of Core Tools; links to the file system that it also lists are left out.
/// </summary>
internal sealed class AdminApi(FunctionSet functions, IReadOnlyList<TimerRunner> timers)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder group = endpoints.MapGroup("admin/functions");
        group.MapGet("", (RequestDelegate)ListAsync);
        group.MapGet("{name}", (RequestDelegate)GetAsync);
        group.MapPost("{name}", (RequestDelegate)RunAsync);
    }

    private Task ListAsync(HttpContext context) => context.Response.WriteAsJsonAsync(Describe(context), context.RequestAborted);

    private async Task GetAsync(HttpContext context)
    {
        string name = Name(context);
        if (Describe(context).FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            await context.Response.WriteAsJsonAsync(found, context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        string name = Name(context);
        if (timers.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } timer)
        {
            timer.Fire();
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        else if (functions.Http.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } http)
        {
            await TypedResults.Problem(
                title: $"{http.Name} is an HTTP function.",
                detail: $"Only timer functions are run here. Call it at {Url(context, http)}.",
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private IEnumerable<AdminFunction> Describe(HttpContext context) =>
    [
        .. functions.Http.Select(f => AdminFunction.Of(f, Href(context, f.Name), Url(context, f))),
        .. functions.Timers.Zip(timers, (f, runner) => AdminFunction.Of(f, runner.Schedule.Text, Href(context, f.Name))),
    ];

    private static string Name(HttpContext context) => (string)context.Request.RouteValues["name"]!;

    private static string Href(HttpContext context, string name) => $"{context.Request.Scheme}://{context.Request.Host}/admin/functions/{name}";

    private static string Url(HttpContext context, HttpFunction function) => $"{context.Request.Scheme}://{context.Request.Host}/{function.Route}";
}
