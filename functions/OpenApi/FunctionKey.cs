using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>The key that Azure Functions asks for, in a header or in the query; no key is asked for on a developer's machine.</summary>
internal static class FunctionKey
{
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>("functionKeyHeader", Scheme(ParameterLocation.Header, "x-functions-key"));
        document.AddComponent<IOpenApiSecurityScheme>("functionKeyQuery", Scheme(ParameterLocation.Query, "code"));
        document.Security = [Requirement("functionKeyHeader", document), Requirement("functionKeyQuery", document)];
    }

    private static OpenApiSecurityScheme Scheme(ParameterLocation location, string name) =>
        new() { Type = SecuritySchemeType.ApiKey, In = location, Name = name, Description = "A function key of the Function App." };

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
