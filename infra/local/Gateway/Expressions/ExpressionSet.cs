using System.Globalization;
using System.Reflection;
using System.Text;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// All expressions of a policy. When it has been read they are compiled at once, into one class with a static method each.
/// <c>#line</c> directives point back into the policy, so that compiler and stack traces speak of the file its author knows.
/// </summary>
internal sealed class ExpressionSet
{
    public const string TypeName = "PolicyExpressions";

    // What API Management lets an expression use without its namespace.
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.Linq", "System.Net", "System.Text", "Newtonsoft.Json", "Newtonsoft.Json.Linq", typeof(IPolicyContext).Namespace!,
    ];

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

        var assembly = cache.Load(GenerateSource(), () => ExpressionCompiler.Check(_expressions.Select(expression => expression.Code)));
        var type = assembly.GetType(TypeName, throwOnError: true)!;
        for (var i = 0; i < _expressions.Count; i++)
        {
            _expressions[i].Bind(type.GetMethod(MethodName(i))!);
        }
    }

    private static string MethodName(int index) => "Expression" + index.ToString(CultureInfo.InvariantCulture);

    private string GenerateSource()
    {
        var source = new StringBuilder();
        foreach (var name in Usings)
        {
            source.Append("using ").Append(name).AppendLine(";");
        }

        source.Append("public static class ").AppendLine(TypeName).AppendLine("{");
        foreach (var (index, (code, type, _)) in _expressions.Index())
        {
            // The line twice: an error about the method as a whole is one of the expression too.
            var body = code.IsBlock ? code.Text : $"return ({code.Text}\n);";
            source.AppendLine(CultureInfo.InvariantCulture, $$"""
                #line {{code.Location.Line}} "{{code.Location.File}}"
                public static {{type.FullName}} {{MethodName(index)}}({{nameof(IPolicyContext)}} context)
                {
                #line {{code.Location.Line}} "{{code.Location.File}}"
                {{body}}
                #line hidden
                }
                """);
        }

        return source.AppendLine("}").ToString();
    }
}
