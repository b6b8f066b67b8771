using System.Linq.Expressions;
using System.Reflection;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>What a function's return type says, and one shape for all of them: a ValueTask of an object.</summary>
internal static class FunctionResult
{
    /// <summary>The type of the result once it is there; void where there is none.</summary>
    public static Type TypeOf(MethodInfo method)
    {
        Type declared = method.ReturnType;
        if (declared == typeof(Task) || declared == typeof(ValueTask))
        {
            return typeof(void);
        }

        return IsGeneric(declared, typeof(Task<>)) || IsGeneric(declared, typeof(ValueTask<>)) ? declared.GenericTypeArguments[0] : declared;
    }

    /// <summary>Wraps a call so that it yields a ValueTask of an object.</summary>
    public static Expression Adapt(Expression call)
    {
        Type declared = call.Type;
        if (declared == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        if (declared == typeof(Task) || declared == typeof(ValueTask))
        {
            return Expression.Call(typeof(FunctionResult), nameof(WithoutResult), null, call);
        }

        if (IsGeneric(declared, typeof(Task<>)) || IsGeneric(declared, typeof(ValueTask<>)))
        {
            return Expression.Call(typeof(FunctionResult), nameof(WithResult), [declared.GenericTypeArguments[0]], call);
        }

        return Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static async ValueTask<object?> WithoutResult(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> WithoutResult(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> WithResult<T>(Task<T> task) => await task;

    private static async ValueTask<object?> WithResult<T>(ValueTask<T> task) => await task;
}
