using System.Reflection;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>Puts failures into a store.</summary>
internal static class Interruption
{
    /// <summary>A store whose methods fail when the test wants them to.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="failure">By the called method's name: what it fails with, or null to let it work.</param>
    public static T Of<T>(T inner, Func<string, Exception?> failure)
        where T : class
    {
        T proxy = DispatchProxy.Create<T, Interrupted>();
        ((Interrupted)(object)proxy).Prepare(inner, failure);
        return proxy;
    }

    /// <summary>The proxy's base; its subclass is made at run time.</summary>
    internal class Interrupted : DispatchProxy
    {
        private object _inner = null!;
        private Func<string, Exception?> _failure = null!;

        public void Prepare(object inner, Func<string, Exception?> failure)
        {
            _inner = inner;
            _failure = failure;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            _failure(targetMethod!.Name) is { } failure ? throw failure : targetMethod.Invoke(_inner, args);
    }
}
