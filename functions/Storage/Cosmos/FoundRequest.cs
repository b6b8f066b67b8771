using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>A request that a vector search found, as the query answers it: its fields and beside them its similarity.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record FoundRequest(MaintenanceRequest Request, double Similarity)
{
    private sealed class Converter : JsonConverter<FoundRequest>
    {
        public override FoundRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            JsonElement found = JsonElement.ParseValue(ref reader);
            return new FoundRequest(found.Deserialize<MaintenanceRequest>(options)!, found.GetProperty("similarity").GetDouble());
        }

        public override void Write(Utf8JsonWriter writer, FoundRequest value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Results are only read.");
    }
}
