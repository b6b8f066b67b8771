using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Local.Logs;

/// <summary>The bodies of requests and errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryError.Envelope))]
internal sealed partial class QueryJsonContext : JsonSerializerContext;
