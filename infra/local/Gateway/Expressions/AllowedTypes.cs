using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>The .NET types that API Management lets policy expressions use, as far as policies for models use them.</summary>
internal static class AllowedTypes
{
    // A type stands for all of its members unless some are listed after a colon.
    private static readonly Dictionary<string, HashSet<string>?> Types = new[]
    {
        "Newtonsoft.Json.Formatting", "Newtonsoft.Json.JsonConvert:SerializeObject,DeserializeObject", "Newtonsoft.Json.Linq.Extensions",
        "Newtonsoft.Json.Linq.JArray", "Newtonsoft.Json.Linq.JContainer", "Newtonsoft.Json.Linq.JObject", "Newtonsoft.Json.Linq.JProperty",
        "Newtonsoft.Json.Linq.JToken", "Newtonsoft.Json.Linq.JTokenType", "Newtonsoft.Json.Linq.JValue",
        "System.Boolean", "System.Char", "System.Convert", "System.Decimal", "System.Double", "System.Exception", "System.Guid", "System.Int32",
        "System.Int64", "System.Math", "System.Nullable", "System.Object", "System.Random", "System.String", "System.StringComparer",
        "System.StringComparison", "System.StringSplitOptions", "System.TimeSpan", "System.Tuple", "System.Uri",
        "System.DateTime:.ctor,Add,AddDays,AddHours,AddMilliseconds,AddMinutes,AddSeconds,Date,Day,Hour,MaxValue,Millisecond,Minute,MinValue,Month,"
            + "Now,Parse,Second,Subtract,Ticks,TimeOfDay,Today,ToString,UtcNow,Year",
        "System.DateTimeKind:Utc", "System.DateTimeOffset",
        "System.Collections.Generic.Dictionary", "System.Collections.Generic.HashSet", "System.Collections.Generic.ICollection",
        "System.Collections.Generic.IDictionary", "System.Collections.Generic.IEnumerable", "System.Collections.Generic.IList",
        "System.Collections.Generic.IReadOnlyCollection", "System.Collections.Generic.IReadOnlyDictionary",
        "System.Collections.Generic.KeyValuePair", "System.Collections.Generic.List",
        "System.Linq.Enumerable", "System.Net.WebUtility", "System.Text.Encoding", "System.Text.StringBuilder",
    }.Select(entry => entry.Split(':')).ToDictionary(parts => parts[0], parts => parts.Length == 1 ? null : parts[1].Split(',').ToHashSet());

    /// <summary>The places where an expression names a type or member that is not allowed, and what to say there.</summary>
    public static IEnumerable<(Location Location, string Message)> FindOthers(SemanticModel model) =>
        // What "var" stands for is the compiler's choice, not the author's.
        from method in model.SyntaxTree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        from name in method.Body!.DescendantNodes().OfType<SimpleNameSyntax>()
        where name is not IdentifierNameSyntax { IsVar: true }
        let symbol = model.GetSymbolInfo(name).Symbol
        where symbol is not null && !IsAllowed(symbol)
        select (name.GetLocation(), $"{symbol.ToDisplayString()} can not be used in policy expressions of API Management.");

    private static bool IsAllowed(ISymbol symbol)
    {
        var type = symbol switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        if (type is null || type.IsAnonymousType || type.IsTupleType)
        {
            return true;
        }

        // Of the gateway's own types, an expression sees the public ones of this namespace: the context.
        var space = type.ContainingNamespace.ToDisplayString();
        return space == typeof(IPolicyContext).Namespace
            || (Types.TryGetValue($"{space}.{type.Name}", out var members) && (members is null || symbol is INamedTypeSymbol || members.Contains(symbol.Name)));
    }
}
