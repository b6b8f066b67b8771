using System.ClientModel;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Polly;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Explains why a client could not read an answer. The OpenAI client throws the whole answer away when it meets an end that it
/// does not know, or an error in place of choices, and tells neither: so the answer is looked at once more.
/// </summary>
internal static class UnreadAnswer
{
    /// <summary>What a failed call ran into, and what the model had said.</summary>
    /// <param name="exception">Out of a model client.</param>
    /// <param name="body">The answer; null where none came, or it was a stream.</param>
    public static (Exception Cause, string? Text) Explain(Exception exception, ReadOnlyMemory<byte>? body) => exception switch
    {
        // On the way: nothing came that could be read.
        ClientResultException or HttpRequestException or IOException or TimeoutException or ExecutionRejectedException => (exception, null),
        ArgumentOutOfRangeException { ParamName: "value", ActualValue: string finishReason } when body is null =>
            (new AnswerFaultException(AnswerFault.UnknownEnd, finishReason), null),
        _ => body is { } json ? Explain(exception, json) : (exception, null),
    };

    private static (Exception Cause, string? Text) Explain(Exception exception, ReadOnlyMemory<byte> body)
    {
        GatewayErrorBody error = GatewayErrorBody.Read(body);
        if (error.IsError)
        {
            return (new GatewayErrorException(error), null);
        }

        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            JsonElement choice = answer.RootElement.GetProperty("choices")[0];
            string? text = choice.TryGetProperty("message", out JsonElement message) && message.TryGetProperty("content", out JsonElement content)
                ? content.GetString()
                : null;
            ChatFinishReason? end = choice.GetProperty("finish_reason").GetString() is { Length: > 0 } reason ? new ChatFinishReason(reason) : null;
            return (AnswerFaultException.Of(end, saysSomething: true) ?? exception, text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            // No answer of a chat model's, whatever else it is.
            return (exception, null);
        }
    }
}
