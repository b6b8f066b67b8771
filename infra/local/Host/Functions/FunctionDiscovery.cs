using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>Finds an app's functions by their attributes and compiles them. What this host can not run stops the start.</summary>
internal static partial class FunctionDiscovery
{
    private const BindingFlags AnyMethod = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static FunctionSet Find(IEnumerable<Type> types, string routePrefix)
    {
        List<HttpFunction> http = [];
        List<TimerFunction> timers = [];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        foreach (Type type in types.Where(CanHoldFunctions))
        {
            foreach (MethodInfo method in type.GetMethods(AnyMethod))
            {
                if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name })
                {
                    continue;
                }

                CheckName(name, type, method);
                if (!names.Add(name))
                {
                    throw new FunctionsHostException($"Two functions are named '{name}': names are unique in an app, whatever their case.");
                }

                if (HasTrigger<HttpTriggerAttribute>(method))
                {
                    http.Add(HttpFunctionCompiler.Compile(name, type, method, routePrefix));
                }
                else if (HasTrigger<TimerTriggerAttribute>(method))
                {
                    timers.Add(TimerFunctionCompiler.Compile(name, type, method));
                }
                else
                {
                    throw new FunctionsHostException(
                        $"Function '{name}' ({type.Name}.{method.Name}) has neither an HTTP nor a timer trigger; this host runs no other.");
                }
            }
        }

        RouteConflicts.Check(http);
        return new FunctionSet(http, timers);
    }

    private static bool CanHoldFunctions(Type type) =>
        type.IsClass && !type.ContainsGenericParameters && (!type.IsAbstract || type.IsSealed /* static */);

    private static bool HasTrigger<TAttribute>(MethodInfo method)
        where TAttribute : Attribute => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(TAttribute)));

    private static void CheckName(string name, Type type, MethodInfo method)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new FunctionsHostException(
                $"'{name}' ({type.Name}.{method.Name}) is not a valid function name: "
                + "a letter, then at most 127 letters, digits, dashes or underscores.");
        }

        if (!method.IsPublic)
        {
            throw new FunctionsHostException($"Function '{name}' ({type.Name}.{method.Name}) is not public: the Functions worker does not see it.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,127}\z")]
    private static partial Regex ValidName();
}
