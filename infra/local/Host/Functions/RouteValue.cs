using System.Collections.Frozen;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>
/// Parameters bound to a segment of the route. The types are those that the worker's converters make of a string. A text
/// that is not of the parameter's type is the function's failure, as in the worker: the route's constraint is where to rule it out.
/// </summary>
internal static class RouteValue
{
    private static readonly FrozenSet<Type> Types = FrozenSet.ToFrozenSet(
        [typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset)]);

    public static bool Supports(Type type) => type == typeof(string) || Types.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The expression that reads a parameter's value from an HttpContext; its default where the segment is absent.</summary>
    public static Expression Read(ParameterInfo parameter, string routeParameter, Expression httpContext)
    {
        Type type = parameter.ParameterType;
        object? fallback = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        Expression absent = fallback is null ? Expression.Default(type) : Expression.Constant(fallback, type);
        Expression name = Expression.Constant(routeParameter);
        return type == typeof(string)
            ? Expression.Coalesce(Expression.Call(typeof(RouteValue), nameof(Text), null, httpContext, name), absent)
            : Expression.Coalesce(
                Expression.Call(typeof(RouteValue), nameof(Parse), [Nullable.GetUnderlyingType(type) ?? type], httpContext, name), absent);
    }

    private static string? Text(HttpContext context, string name) => context.Request.RouteValues[name] as string;

    private static T? Parse<T>(HttpContext context, string name)
        where T : struct, IParsable<T>
    {
        string? text = Text(context, name);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out T value)
            ? value
            : throw new FormatException($"The route parameter '{name}' is not a valid {typeof(T).Name}.");
    }
}
