using Microsoft.AspNetCore.Routing.Patterns;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>
/// Refuses two functions that the same request would reach. Routes are compared by shape: the names of parameters make no
/// difference to what they match, nor whether a parameter is optional to a path that has it. A function of any method
/// gives way to one that names the method, so those two may share a route.
/// </summary>
internal static class RouteConflicts
{
    public static void Check(IReadOnlyList<HttpFunction> functions)
    {
        foreach (IGrouping<string, HttpFunction> sameRoute in functions.GroupBy(f => Shape(f.Pattern), StringComparer.OrdinalIgnoreCase))
        {
            var taken = new Dictionary<string, HttpFunction>();
            foreach (HttpFunction function in sameRoute)
            {
                foreach (string method in function.Methods.DefaultIfEmpty("any method"))
                {
                    if (!taken.TryAdd(method, function))
                    {
                        throw new FunctionsHostException(
                            $"Functions '{taken[method].Name}' and '{function.Name}' have the same route '{function.Route}' for {method}.");
                    }
                }
            }
        }
    }

    private static string Shape(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Shape))));

    private static string Shape(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            $"{{{(parameter.IsCatchAll ? "*" : "")}{string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content))}}}",
        _ => throw new NotSupportedException($"Unknown route part {part.GetType().Name}."),
    };
}
