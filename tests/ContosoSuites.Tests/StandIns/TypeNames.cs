using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ContosoSuites.Tests.StandIns;

/// <summary>A type in a signature, as text. Assemblies are left out: the stand-ins' are named otherwise than the packages'.</summary>
/// <param name="Text">Its full name with its arguments.</param>
/// <param name="IsValue">Whether nothing in it can be null, so that nullable annotations say nothing about it.</param>
internal sealed record TypeName(string Text, bool IsValue)
{
    public override string ToString() => Text;
}

/// <summary>Decodes types in signatures and in attributes.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<TypeName, object?>, ICustomAttributeTypeProvider<TypeName>
{
    private const byte ValueType = 0x11;

    public static TypeNames Instance { get; } = new();

    public static string FullName(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => FullName(reader, reader.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => FullName(reader, reader.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Instance, null).Text,
        _ => throw new NotSupportedException($"{handle.Kind}"),
    };

    public TypeName GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        new($"System.{typeCode}", typeCode is not (PrimitiveTypeCode.String or PrimitiveTypeCode.Object));

    public TypeName GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        new(FullName(reader, handle), rawTypeKind == ValueType);

    public TypeName GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        new(FullName(reader, handle), rawTypeKind == ValueType);

    public TypeName GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public TypeName GetGenericInstantiation(TypeName genericType, ImmutableArray<TypeName> typeArguments) =>
        new($"{genericType}<{string.Join(", ", typeArguments)}>", genericType.IsValue && typeArguments.All(argument => argument.IsValue));

    public TypeName GetSZArrayType(TypeName elementType) => new($"{elementType}[]", false);

    public TypeName GetArrayType(TypeName elementType, ArrayShape shape) => new($"{elementType}[{new string(',', shape.Rank - 1)}]", false);

    public TypeName GetByReferenceType(TypeName elementType) => elementType with { Text = $"ref {elementType}" };

    public TypeName GetPointerType(TypeName elementType) => new($"{elementType}*", true);

    public TypeName GetPinnedType(TypeName elementType) => elementType;

    public TypeName GetModifiedType(TypeName modifier, TypeName unmodifiedType, bool isRequired) => unmodifiedType;

    public TypeName GetFunctionPointerType(MethodSignature<TypeName> signature) => new("function pointer", true);

    public TypeName GetGenericMethodParameter(object? genericContext, int index) => new($"!!{index}", false);

    public TypeName GetGenericTypeParameter(object? genericContext, int index) => new($"!{index}", false);

    public TypeName GetSystemType() => new("System.Type", false);

    public TypeName GetTypeFromSerializedName(string name) => new(name, false);

    public PrimitiveTypeCode GetUnderlyingEnumType(TypeName type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(TypeName type) => type.Text == "System.Type";

    private static string FullName(MetadataReader reader, TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? $"{FullName(reader, outer)}+{reader.GetString(type.Name)}"
        : Join(reader.GetString(type.Namespace), reader.GetString(type.Name));

    private static string FullName(MetadataReader reader, TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? $"{FullName(reader, type.ResolutionScope)}+{reader.GetString(type.Name)}"
        : Join(reader.GetString(type.Namespace), reader.GetString(type.Name));

    private static string Join(string ns, string name) => ns.Length == 0 ? name : $"{ns}.{name}";
}
