using System.Linq.Expressions;
using System.Reflection;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>Calls a function on a new instance of its class.</summary>
/// <typeparam name="TInvocation">What the trigger provides.</typeparam>
/// <param name="services">The scope of this invocation.</param>
/// <param name="invocation">What the trigger provides this time.</param>
/// <returns>The function's result; null where it has none.</returns>
internal delegate ValueTask<object?> FunctionInvoker<in TInvocation>(IServiceProvider services, TInvocation invocation);

/// <summary>Turns a method into a delegate once, at start, so that an invocation costs no reflection.</summary>
internal static class FunctionInvoker
{
    /// <summary>Compiles a call of the method.</summary>
    /// <typeparam name="TInvocation">What the trigger provides.</typeparam>
    /// <param name="type">The class to create; the method's own or one that inherits it.</param>
    /// <param name="method">The function.</param>
    /// <param name="bind">The expression for a parameter's value, given the invocation.</param>
    public static FunctionInvoker<TInvocation> Compile<TInvocation>(Type type, MethodInfo method, Func<ParameterInfo, Expression, Expression> bind)
    {
        ParameterExpression instance = Expression.Parameter(typeof(object), "instance");
        ParameterExpression invocation = Expression.Parameter(typeof(TInvocation), "invocation");
        Expression call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, type),
            method,
            method.GetParameters().Select(parameter => bind(parameter, invocation)));
        Func<object?, TInvocation, ValueTask<object?>> run =
            Expression.Lambda<Func<object?, TInvocation, ValueTask<object?>>>(FunctionResult.Adapt(call), instance, invocation).Compile();

        if (method.IsStatic)
        {
            return (_, given) => run(null, given);
        }

        ObjectFactory create = ActivatorUtilities.CreateFactory(type, []);
        return (services, given) => run(create(services, null), given);
    }
}
