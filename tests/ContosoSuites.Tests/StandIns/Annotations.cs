using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ContosoSuites.Tests.StandIns;

/// <summary>The attributes that source code notices: what is experimental or obsolete, how an attribute may be used, what may be null.</summary>
internal static class Annotations
{
    private static readonly string[] Shown =
    [
        "System.Diagnostics.CodeAnalysis.ExperimentalAttribute",
        "System.ObsoleteAttribute",
        "System.FlagsAttribute",
        "System.ParamArrayAttribute",
        "System.Runtime.CompilerServices.ExtensionAttribute",
    ];

    /// <summary>The attributes as text, in a fixed order.</summary>
    public static string Text(MetadataReader reader, CustomAttributeHandleCollection attributes) => string.Concat(Shown
        .Select(name => Find(reader, attributes, name) is { } found ? $" [{name}({Arguments(found)})]" : ""));

    /// <summary>How an attribute class may be used, as text; null where the class itself does not say.</summary>
    public static string? Usage(MetadataReader reader, TypeDefinition type) =>
        Find(reader, type.GetCustomAttributes(), "System.AttributeUsageAttribute") is { } usage ? Arguments(usage) : null;

    /// <summary>What may be null in a type, as the compiler encodes it: of the first place that says so, innermost first.</summary>
    public static string Nullability(MetadataReader reader, CustomAttributeHandleCollection? own, params ReadOnlySpan<CustomAttributeHandleCollection> contexts)
    {
        if (own is { } attributes && Find(reader, attributes, "System.Runtime.CompilerServices.NullableAttribute") is { } annotation)
        {
            return annotation.FixedArguments[0].Value is ImmutableArray<CustomAttributeTypedArgument<TypeName>> flags
                ? string.Join(',', flags.Select(flag => flag.Value))
                : $"{annotation.FixedArguments[0].Value}";
        }

        foreach (CustomAttributeHandleCollection context in contexts)
        {
            if (Find(reader, context, "System.Runtime.CompilerServices.NullableContextAttribute") is { } flag)
            {
                return $"{flag.FixedArguments[0].Value}";
            }
        }

        return "0";
    }

    private static CustomAttributeValue<TypeName>? Find(MetadataReader reader, CustomAttributeHandleCollection attributes, string name)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            EntityHandle type = attribute.Constructor.Kind == HandleKind.MemberReference
                ? reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                : reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
            if (TypeNames.FullName(reader, type) == name)
            {
                return attribute.DecodeValue(TypeNames.Instance);
            }
        }

        return null;
    }

    private static string Arguments(CustomAttributeValue<TypeName> value) => string.Join(
        ", ",
        value.FixedArguments.Select(argument => $"{argument.Value}").Concat(value.NamedArguments.OrderBy(n => n.Name).Select(n => $"{n.Name} = {n.Value}")));
}
