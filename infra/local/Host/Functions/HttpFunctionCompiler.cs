using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>Compiles a method with an HTTP trigger.</summary>
internal static class HttpFunctionCompiler
{
    public static HttpFunction Compile(string name, Type type, MethodInfo method, string routePrefix)
    {
        HttpTriggerAttribute trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).First(t => t is not null)!;
        RoutePattern pattern = Parse(name, routePrefix, trigger.Route ?? name);
        CheckResult(name, method);

        return new HttpFunction(
            name,
            pattern,
            [.. (trigger.Methods ?? []).Select(m => m.ToUpperInvariant())],
            trigger.AuthLevel,
            FunctionInvoker.Compile<HttpContext>(type, method, (parameter, httpContext) => Bind(name, pattern, parameter, httpContext)));
    }

    private static RoutePattern Parse(string name, string routePrefix, string route)
    {
        string template = routePrefix.Length == 0 ? route.TrimStart('/') : $"{routePrefix}/{route.TrimStart('/')}".TrimEnd('/');
        if (template.Split('/')[0].Equals("admin", StringComparison.OrdinalIgnoreCase))
        {
            throw new FunctionsHostException($"The route '{template}' of function '{name}' is reserved: the host's own routes begin with 'admin'.");
        }

        try
        {
            return RoutePatternFactory.Parse(template);
        }
        catch (RoutePatternException e)
        {
            throw new FunctionsHostException($"The route '{template}' of function '{name}' is not valid: {e.Message}", e);
        }
    }

    private static void CheckResult(string name, MethodInfo method)
    {
        Type result = FunctionResult.TypeOf(method);
        if (result != typeof(void) && !result.IsAssignableTo(typeof(IResult)) && !result.IsAssignableTo(typeof(IActionResult)))
        {
            throw new FunctionsHostException(
                $"Function '{name}' returns {result.Name}; "
                + "this host runs HTTP functions that return IResult, IActionResult or nothing, or a task of these.");
        }
    }

    private static Expression Bind(string function, RoutePattern pattern, ParameterInfo parameter, Expression httpContext)
    {
        if (parameter.IsDefined(typeof(HttpTriggerAttribute)))
        {
            return parameter.ParameterType == typeof(HttpRequest)
                ? Expression.Property(httpContext, nameof(HttpContext.Request))
                : throw Unsupported("its HTTP trigger must be an HttpRequest");
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return Expression.Property(httpContext, nameof(HttpContext.RequestAborted));
        }

        if (parameter.ParameterType.Name == "FunctionContext")
        {
            throw Unsupported("there is no worker here to make one");
        }

        RoutePatternParameterPart? routeParameter = pattern.GetParameter(parameter.Name!)
            ?? throw Unsupported($"the route '{pattern.RawText}' has no parameter of that name");
        return RouteValue.Supports(parameter.ParameterType)
            ? RouteValue.Read(parameter, routeParameter.Name, httpContext)
            : throw Unsupported("it is bound to the route, which is a text that this host can not turn into that type");

        FunctionsHostException Unsupported(string because) => new(
            $"This host can not provide the parameter '{parameter.Name}' ({parameter.ParameterType.Name}) of function '{function}': {because}.");
    }
}
