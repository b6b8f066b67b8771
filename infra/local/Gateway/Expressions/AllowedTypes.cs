using ContosoSuites.Local.Gateway.Expressions.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>The .NET types that API Management lets policy expressions use, as far as they make sense here.</summary>
internal static class AllowedTypes
{
    // A type stands for all of its members unless some are listed after a colon.
    private static readonly Dictionary<string, HashSet<string>?> Types = new[]
    {
        "Newtonsoft.Json.Formatting", "Newtonsoft.Json.JsonConvert:SerializeObject,DeserializeObject", "Newtonsoft.Json.Linq.Extensions",
        "Newtonsoft.Json.Linq.JArray", "Newtonsoft.Json.Linq.JConstructor", "Newtonsoft.Json.Linq.JContainer", "Newtonsoft.Json.Linq.JObject",
        "Newtonsoft.Json.Linq.JProperty", "Newtonsoft.Json.Linq.JRaw", "Newtonsoft.Json.Linq.JToken", "Newtonsoft.Json.Linq.JTokenType",
        "Newtonsoft.Json.Linq.JValue",
        "System.Array", "System.BitConverter", "System.Boolean", "System.Byte", "System.Char", "System.Convert", "System.Decimal",
        "System.Double", "System.Exception", "System.Guid", "System.Int16", "System.Int32", "System.Int64", "System.Math",
        "System.MidpointRounding", "System.Nullable", "System.Object", "System.Random", "System.SByte", "System.Single", "System.String",
        "System.StringComparer", "System.StringComparison", "System.StringSplitOptions", "System.TimeSpan", "System.TimeZone",
        "System.TimeZoneInfo", "System.Tuple", "System.UInt16", "System.UInt32", "System.UInt64", "System.Uri", "System.UriPartial",
        "System.DateTime:.ctor,Add,AddDays,AddHours,AddMilliseconds,AddMinutes,AddMonths,AddSeconds,AddTicks,AddYears,Date,Day,DayOfWeek,"
            + "DayOfYear,DaysInMonth,Hour,IsDaylightSavingTime,IsLeapYear,MaxValue,Millisecond,Minute,MinValue,Month,Now,Parse,Second,"
            + "Subtract,Ticks,TimeOfDay,Today,ToString,UtcNow,Year",
        "System.DateTimeKind:Utc", "System.DateTimeOffset", "System.DayOfWeek",
        "System.Collections.Generic.Dictionary", "System.Collections.Generic.HashSet", "System.Collections.Generic.ICollection",
        "System.Collections.Generic.IDictionary", "System.Collections.Generic.IEnumerable", "System.Collections.Generic.IEnumerator",
        "System.Collections.Generic.IList", "System.Collections.Generic.IReadOnlyCollection", "System.Collections.Generic.IReadOnlyDictionary",
        "System.Collections.Generic.ISet", "System.Collections.Generic.KeyValuePair", "System.Collections.Generic.List",
        "System.Collections.Generic.Queue", "System.Collections.Generic.Stack",
        "System.IO.StringReader", "System.IO.StringWriter", "System.Linq.Enumerable", "System.Net.IPAddress", "System.Net.WebUtility",
        "System.Security.Cryptography.HashAlgorithm", "System.Security.Cryptography.HMAC", "System.Security.Cryptography.HMACSHA1",
        "System.Security.Cryptography.HMACSHA256", "System.Security.Cryptography.HMACSHA384", "System.Security.Cryptography.HMACSHA512",
        "System.Security.Cryptography.MD5", "System.Security.Cryptography.SHA1", "System.Security.Cryptography.SHA256",
        "System.Security.Cryptography.SHA384", "System.Security.Cryptography.SHA512",
        "System.Text.Encoding", "System.Text.StringBuilder", "System.Text.RegularExpressions.Capture:Index,Length,Value",
        "System.Text.RegularExpressions.CaptureCollection:Count,Item,this[]", "System.Text.RegularExpressions.Group:Captures,Success",
        "System.Text.RegularExpressions.GroupCollection:Count,Item,this[]", "System.Text.RegularExpressions.Match:Empty,Groups,Result",
        "System.Text.RegularExpressions.Regex:.ctor,IsMatch,Match,Matches,Replace,Unescape,Split", "System.Text.RegularExpressions.RegexOptions",
        "System.Xml.Linq.Extensions", "System.Xml.Linq.XAttribute", "System.Xml.Linq.XCData", "System.Xml.Linq.XComment",
        "System.Xml.Linq.XContainer", "System.Xml.Linq.XDeclaration", "System.Xml.Linq.XDocument", "System.Xml.Linq.XDocumentType",
        "System.Xml.Linq.XElement", "System.Xml.Linq.XName", "System.Xml.Linq.XNamespace", "System.Xml.Linq.XNode", "System.Xml.Linq.XObject",
        "System.Xml.Linq.XProcessingInstruction", "System.Xml.Linq.XText", "System.Xml.XmlNodeType",
    }.Select(entry => entry.Split(':')).ToDictionary(parts => parts[0], parts => parts.Length == 1 ? null : parts[1].Split(',').ToHashSet());

    /// <summary>The places where an expression names a type or member that is not allowed, and what to say there.</summary>
    public static IEnumerable<(Location Location, string Message)> FindOthers(SemanticModel model)
    {
        foreach (var name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(method => method.Body!).SelectMany(body => body.DescendantNodes()).OfType<SimpleNameSyntax>())
        {
            // What "var" stands for is the compiler's choice, not the author's.
            if (name is IdentifierNameSyntax { IsVar: true } || model.GetSymbolInfo(name).Symbol is not { } symbol || IsAllowed(symbol))
            {
                continue;
            }

            yield return (name.GetLocation(), $"{symbol.ToDisplayString()} can not be used in policy expressions of API Management.");
        }
    }

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

        var space = type.ContainingNamespace.ToDisplayString();
        if (space == typeof(IPolicyContext).Namespace)
        {
            return true;
        }

        return Types.TryGetValue($"{space}.{type.Name}", out var members)
            && (members is null || symbol is INamedTypeSymbol || members.Contains(symbol.Name));
    }
}
