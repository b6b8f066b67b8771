using System.Reflection;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>All expressions of a policy. They are compiled at once, into one assembly, when the policy has been read.</summary>
internal sealed class ExpressionSet
{
    private readonly List<(ExpressionCode Code, Type Type, Action<MethodInfo> Bind)> _expressions = [];

    /// <summary>Adds an expression that returns a <paramref name="type"/>; <paramref name="bind"/> takes the compiled method.</summary>
    public void Add(ExpressionCode code, Type type, Action<MethodInfo> bind) => _expressions.Add((code, type, bind));

    /// <summary>Compiles the expressions, or finds them compiled.</summary>
    /// <exception cref="GatewayConfigurationException">Some do not compile.</exception>
    public void Compile(ExpressionCache cache)
    {
        if (_expressions.Count == 0)
        {
            return;
        }

        var source = ExpressionSource.Generate(_expressions.Select(expression => (expression.Code, expression.Type)));
        var type = cache.Load(source, () => ExpressionSyntax.Check(_expressions.Select(expression => expression.Code))).GetType(ExpressionSource.TypeName, throwOnError: true)!;
        for (var i = 0; i < _expressions.Count; i++)
        {
            _expressions[i].Bind(type.GetMethod(ExpressionSource.MethodName(i))!);
        }
    }
}
