using System.Text.Json;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>What Azure's content filter says of every prompt and answer here: nothing found.</summary>
internal static class ContentFilterResults
{
    private static ReadOnlySpan<byte> Safe =>
        """{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}"""u8;

    public static void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName("content_filter_results"u8);
        json.WriteRawValue(Safe, skipInputValidation: true);
    }

    public static void WriteForPrompt(Utf8JsonWriter json)
    {
        json.WriteStartArray("prompt_filter_results"u8);
        json.WriteStartObject();
        json.WriteNumber("prompt_index"u8, 0);
        Write(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
