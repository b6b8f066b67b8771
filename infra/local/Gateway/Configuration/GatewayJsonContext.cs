using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>Reads the gateway's JSON files; generated, as reflection would cost time at every start. A member it does not know is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackendsFile))]
[JsonSerializable(typeof(ApiFile))]
[JsonSerializable(typeof(DiagnosticsFile))]
internal sealed partial class GatewayJsonContext : JsonSerializerContext;
