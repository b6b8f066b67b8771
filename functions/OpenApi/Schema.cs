using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Short ways to write the schemas of this API.</summary>
internal static class Schema
{
    public static Property Text(string description, string? format = null, int? maxLength = null, IEnumerable<string>? values = null) => new(new OpenApiSchema
    {
        Type = JsonSchemaType.String,
        Description = description,
        Format = format,
        MaxLength = maxLength,
        Enum = values?.Select(value => (JsonNode)value).ToList(),
    });

    public static Property WholeNumber(string description, int? minimum = null, int? maximum = null, int? absent = null) => new(new OpenApiSchema
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Description = description,
        Minimum = minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = maximum?.ToString(CultureInfo.InvariantCulture),
        Default = absent,
    });

    public static Property Count(string description) => new(new OpenApiSchema
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Description = description,
        Minimum = "0",
    });

    public static Property Number(string description, int? minimum = null, int? maximum = null, double? absent = null) => new(new OpenApiSchema
    {
        Type = JsonSchemaType.Number,
        Description = description,
        Minimum = minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = maximum?.ToString(CultureInfo.InvariantCulture),
        Default = absent,
    });

    public static Property Flag(string description) => new(new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = description });

    public static Property List(string description, IOpenApiSchema items) => new(Array(description, items));

    public static Property Map(string description, IOpenApiSchema values) =>
        new(new OpenApiSchema { Type = JsonSchemaType.Object, Description = description, AdditionalProperties = values });

    public static OpenApiSchema Array(string description, IOpenApiSchema items) =>
        new() { Type = JsonSchemaType.Array, Description = description, Items = items };

    public static OpenApiSchema Object(string description, params ReadOnlySpan<(string Name, Property Property)> properties)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new HashSet<string>(),
        };
        foreach ((string name, Property property) in properties)
        {
            schema.Properties.Add(name, property.Schema);
            if (!property.IsOptional)
            {
                schema.Required.Add(name);
            }
        }

        return schema;
    }

    /// <summary>Also null.</summary>
    public static Property OrNull(this Property property)
    {
        if (property.Schema is OpenApiSchema schema)
        {
            schema.Type |= JsonSchemaType.Null;
            return property;
        }

        return property with { Schema = new OpenApiSchema { AnyOf = [property.Schema, new OpenApiSchema { Type = JsonSchemaType.Null }] } };
    }

    /// <summary>A property of an object, or a parameter.</summary>
    /// <param name="Schema">What its value is.</param>
    /// <param name="IsOptional">Whether it may be absent.</param>
    internal sealed record Property(IOpenApiSchema Schema, bool IsOptional = false)
    {
        /// <summary>The same, and may be absent.</summary>
        public Property Optional => this with { IsOptional = true };
    }
}
