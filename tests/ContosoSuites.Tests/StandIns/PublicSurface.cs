using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ContosoSuites.Tests.StandIns;

/// <summary>What source code can see of an assembly, read from its file: neither it nor its dependencies are loaded.</summary>
internal sealed class PublicSurface
{
    private readonly Dictionary<string, PublicType> _types = [];

    /// <summary>The public types by full name.</summary>
    public IReadOnlyDictionary<string, PublicType> Types => _types;

    public Version Version { get; private set; } = new();

    public static PublicSurface Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    public static PublicSurface Read(Stream assembly)
    {
        using var file = new PEReader(assembly);
        MetadataReader reader = file.GetMetadataReader();
        var surface = new PublicSurface { Version = reader.GetAssemblyDefinition().Version };
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic)
            {
                surface._types.Add(TypeNames.FullName(reader, handle), Describe(reader, type));
            }
        }

        return surface;
    }

    private static PublicType Describe(MetadataReader reader, TypeDefinition type) => new(
        (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Interface)) + Annotations.Text(reader, type.GetCustomAttributes()),
        type.BaseType.IsNil ? null : TypeNames.FullName(reader, type.BaseType),
        Annotations.Usage(reader, type),
        [.. type.GetInterfaceImplementations().Select(i => TypeNames.FullName(reader, reader.GetInterfaceImplementation(i).Interface))],
        [
            .. type.GetFields().Select(reader.GetFieldDefinition).Where(f => IsVisible((MethodAttributes)f.Attributes)).Select(f => Field(reader, type, f)),
            .. type.GetProperties().Select(reader.GetPropertyDefinition).Select(p => Property(reader, type, p)).OfType<string>(),
            .. type.GetMethods().Select(reader.GetMethodDefinition).Where(m => IsVisible(m.Attributes) && !IsAccessor(reader, m)).Select(m => Method(reader, type, m)),
        ]);

    // The values of FieldAttributes and MethodAttributes are the same as far as access goes.
    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsAccessor(MetadataReader reader, MethodDefinition method) =>
        method.Attributes.HasFlag(MethodAttributes.SpecialName) && reader.GetString(method.Name) is ['g' or 's', 'e', 't', '_', ..];

    private static string Field(MetadataReader reader, TypeDefinition type, FieldDefinition field)
    {
        string name = reader.GetString(field.Name);
        TypeName fieldType = field.DecodeSignature(TypeNames.Instance, null);
        return $"field {Annotated(reader, fieldType, field.GetCustomAttributes(), type.GetCustomAttributes())} {name}"
            + Value(reader, field.GetDefaultValue()) + Annotations.Text(reader, field.GetCustomAttributes());
    }

    private static string? Property(MetadataReader reader, TypeDefinition type, PropertyDefinition property)
    {
        PropertyAccessors accessors = property.GetAccessors();
        string get = Accessor(reader, accessors.Getter, "get");
        string set = Accessor(reader, accessors.Setter, "set");
        TypeName propertyType = property.DecodeSignature(TypeNames.Instance, null).ReturnType;
        return get.Length + set.Length == 0
            ? null
            : $"property {Annotated(reader, propertyType, property.GetCustomAttributes(), type.GetCustomAttributes())} {reader.GetString(property.Name)} {{{get}{set} }}"
                + Annotations.Text(reader, property.GetCustomAttributes());
    }

    private static string Accessor(MetadataReader reader, MethodDefinitionHandle handle, string name)
    {
        if (handle.IsNil || reader.GetMethodDefinition(handle) is var method && !IsVisible(method.Attributes))
        {
            return "";
        }

        return $" {method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Static)} {name}";
    }

    private static string Method(MetadataReader reader, TypeDefinition type, MethodDefinition method)
    {
        MethodSignature<TypeName> signature = method.DecodeSignature(TypeNames.Instance, null);
        Dictionary<int, Parameter> parameters = method.GetParameters().Select(reader.GetParameter).ToDictionary(p => p.SequenceNumber);
        CustomAttributeHandleCollection[] contexts = [method.GetCustomAttributes(), type.GetCustomAttributes()];

        IEnumerable<string> described = signature.ParameterTypes.Select((parameterType, index) =>
        {
            Parameter parameter = parameters[index + 1];
            return $"{Annotated(reader, parameterType, parameter.GetCustomAttributes(), contexts)} {reader.GetString(parameter.Name)}"
                + Value(reader, parameter.GetDefaultValue()) + Annotations.Text(reader, parameter.GetCustomAttributes());
        });
        CustomAttributeHandleCollection? ofResult = parameters.TryGetValue(0, out Parameter result) ? result.GetCustomAttributes() : null;
        return $"method {method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Static)} "
            + $"{Annotated(reader, signature.ReturnType, ofResult, contexts)} {reader.GetString(method.Name)}{TypeParameters(reader, method)}"
            + $"({string.Join(", ", described)}){Annotations.Text(reader, method.GetCustomAttributes())}";
    }

    private static string TypeParameters(MetadataReader reader, MethodDefinition method)
    {
        IEnumerable<string> names = method.GetGenericParameters().Select(handle =>
        {
            GenericParameter parameter = reader.GetGenericParameter(handle);
            return $"{reader.GetString(parameter.Name)} {parameter.Attributes}";
        });
        return string.Join(", ", names) is { Length: > 0 } list ? $"<{list}>" : "";
    }

    private static string Annotated(MetadataReader reader, TypeName type, CustomAttributeHandleCollection? own, params ReadOnlySpan<CustomAttributeHandleCollection> contexts) =>
        type.IsValue ? type.Text : $"{type}?{Annotations.Nullability(reader, own, contexts)}";

    private static string Value(MetadataReader reader, ConstantHandle handle)
    {
        if (handle.IsNil)
        {
            return "";
        }

        Constant constant = reader.GetConstant(handle);
        return $" = {reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode) ?? "null"}";
    }
}
