using System.Text.Json;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Writes the tokens of a chat answer.</summary>
internal static class UsageWriter
{
    public static void Write(Utf8JsonWriter json, ModelUsage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.PromptTokens);
        json.WriteNumber("completion_tokens"u8, usage.CompletionTokens);
        json.WriteNumber("total_tokens"u8, usage.TotalTokens);

        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteNumber("cached_tokens"u8, 0);
        json.WriteEndObject();

        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("accepted_prediction_tokens"u8, 0);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteNumber("reasoning_tokens"u8, 0);
        json.WriteNumber("rejected_prediction_tokens"u8, 0);
        json.WriteEndObject();

        json.WriteEndObject();
    }
}
