using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>Compiles a method with a timer trigger.</summary>
internal static class TimerFunctionCompiler
{
    public static TimerFunction Compile(string name, Type type, MethodInfo method)
    {
        TimerTriggerAttribute trigger = method.GetParameters().Select(p => p.GetCustomAttribute<TimerTriggerAttribute>()).First(t => t is not null)!;
        if (FunctionResult.TypeOf(method) is { } result && result != typeof(void))
        {
            throw new FunctionsHostException(
                $"Function '{name}' returns {result.Name}; this host has no output bindings, so a timer function returns nothing.");
        }

        return new TimerFunction(
            name,
            trigger.Schedule,
            trigger.UseMonitor,
            trigger.RunOnStartup,
            FunctionInvoker.Compile<TimerInvocation>(type, method, (parameter, invocation) => Bind(name, parameter, invocation)));
    }

    private static MemberExpression Bind(string function, ParameterInfo parameter, Expression invocation)
    {
        if (parameter.IsDefined(typeof(TimerTriggerAttribute)) && parameter.ParameterType == typeof(TimerInfo))
        {
            return Expression.Property(invocation, nameof(TimerInvocation.Info));
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return Expression.Property(invocation, nameof(TimerInvocation.Cancellation));
        }

        throw new FunctionsHostException(
            $"This host can not provide the parameter '{parameter.Name}' ({parameter.ParameterType.Name}) of function '{function}': "
            + "a timer function takes TimerInfo and CancellationToken.");
    }
}
