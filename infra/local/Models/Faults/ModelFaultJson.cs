using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>How faults are written in JSON, on the admin route and in backends.json.</summary>
internal static class ModelFaultJson
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Reads a fault.</summary>
    /// <exception cref="JsonException">It is none, or has a field that it should not have.</exception>
    /// <exception cref="NotSupportedException">It does not say of what kind it is.</exception>
    public static ModelFault? Read(JsonElement json) => json.Deserialize<ModelFault>(Options);

    /// <summary>Makes a serializer read and write faults.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectRequiredConstructorParameters = true;

        // A misspelled field is an error, not a fault that behaves as if it had not been given.
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
