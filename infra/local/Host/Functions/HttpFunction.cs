using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>A compiled function with an HTTP trigger.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Pattern">The parsed route, prefix included.</param>
/// <param name="Methods">HTTP methods in upper case; none means any.</param>
/// <param name="Authorization">The level in the attribute. Not enforced, as Core Tools does not; listed only.</param>
/// <param name="Invoke">Calls the function; the result is an IResult, an IActionResult or null.</param>
internal sealed record HttpFunction(
    string Name, RoutePattern Pattern, IReadOnlyList<string> Methods, AuthorizationLevel Authorization, FunctionInvoker<HttpContext> Invoke)
{
    public string Route => Pattern.RawText!;
}
