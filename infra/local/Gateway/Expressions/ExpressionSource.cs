using System.Globalization;
using System.Text;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// The C# file that a policy's expressions become: a static method each. <c>#line</c> directives point back into the policy,
/// so that compilers and stack traces speak of the file its author knows.
/// </summary>
internal static class ExpressionSource
{
    public const string TypeName = "PolicyExpressions";

    // What API Management lets an expression use without its namespace.
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net", "System.Security.Cryptography",
        "System.Security.Cryptography.X509Certificates", "System.Text", "System.Text.RegularExpressions", "System.Xml",
        "System.Xml.Linq", "Newtonsoft.Json", "Newtonsoft.Json.Linq", typeof(Context.IPolicyContext).Namespace!,
    ];

    public static string MethodName(int index) => "Expression" + index.ToString(CultureInfo.InvariantCulture);

    public static string Generate(IEnumerable<(ExpressionCode Code, Type Type)> expressions)
    {
        var source = new StringBuilder();
        foreach (var name in Usings)
        {
            source.Append("using ").Append(name).AppendLine(";");
        }

        source.Append("public static class ").AppendLine(TypeName).AppendLine("{");
        var index = 0;
        foreach (var (code, type) in expressions)
        {
            // Twice: an error about the method as a whole is one of the expression too.
            var line = string.Create(CultureInfo.InvariantCulture, $"#line {code.Location.Line} \"{code.Location.File}\"");
            source.AppendLine(line)
                .Append("public static ").Append(type.FullName).Append(' ').Append(MethodName(index++))
                .Append('(').Append(nameof(Context.IPolicyContext)).AppendLine(" context)")
                .AppendLine("{")
                .AppendLine(line)
                .Append(code.IsBlock ? "" : "return (").AppendLine(code.Text).AppendLine(code.IsBlock ? "" : ");")
                .AppendLine("#line hidden")
                .AppendLine("}");
        }

        return source.AppendLine("}").ToString();
    }
}
