using System.Text.Json.Serialization;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>Reads the few members of a model's answer that matter here.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenUsage))]
[JsonSerializable(typeof(string))]
internal sealed partial class TokenUsageJsonContext : JsonSerializerContext;
