using System.Text.Json;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Writes an answer in one piece.</summary>
internal static class ChatCompletionWriter
{
    public static void Write(Utf8JsonWriter json, ChatAnswer answer)
    {
        json.WriteStartObject();
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        ContentFilterResults.Write(json);
        json.WriteString("finish_reason"u8, answer.FinishReason);
        json.WriteNumber("index"u8, 0);
        json.WriteNull("logprobs"u8);
        WriteMessage(json, answer);
        json.WriteEndObject();
        json.WriteEndArray();

        json.WriteNumber("created"u8, answer.Created);
        json.WriteString("id"u8, answer.Id);
        json.WriteString("model"u8, answer.Model);
        json.WriteString("object"u8, "chat.completion"u8);
        ContentFilterResults.WriteForPrompt(json);
        json.WriteNull("system_fingerprint"u8);
        UsageWriter.Write(json, answer.Usage);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatAnswer answer)
    {
        json.WriteStartObject("message"u8);
        json.WriteStartArray("annotations"u8);
        json.WriteEndArray();
        json.WriteString("content"u8, answer.Text);
        json.WriteString("refusal"u8, answer.Refusal);
        json.WriteString("role"u8, "assistant"u8);
        if (answer.ToolCalls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (ToolCall call in answer.ToolCalls)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, call.Id);
                json.WriteString("type"u8, "function"u8);
                json.WriteStartObject("function"u8);
                json.WriteString("name"u8, call.Name);
                json.WriteString("arguments"u8, call.Arguments);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
