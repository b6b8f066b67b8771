namespace ContosoSuites.Local.Models.Http;

/// <summary>Lists the deployments, as the newer surface's <c>GET /openai/v1/models</c> does.</summary>
internal sealed class ModelListOperation(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private readonly long _created = timeProvider.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask AnswerAsync(ModelExchange exchange)
    {
        exchange.Json.WriteStartObject();
        exchange.Json.WriteString("object", "list");
        exchange.Json.WriteStartArray("data");
        foreach (string deployment in (ReadOnlySpan<string>)[options.ChatDeployment, options.EmbeddingDeployment])
        {
            exchange.Json.WriteStartObject();
            exchange.Json.WriteString("id", deployment);
            exchange.Json.WriteString("object", "model");
            exchange.Json.WriteNumber("created", _created);
            exchange.Json.WriteString("owned_by", "system");
            exchange.Json.WriteEndObject();
        }

        exchange.Json.WriteEndArray();
        exchange.Json.WriteEndObject();
        return exchange.SendResultAsync(default);
    }
}
