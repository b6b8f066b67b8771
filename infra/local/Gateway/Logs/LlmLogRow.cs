using System.Text.Json;
using ContosoSuites.Local.Gateway.Logs.Messages;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>A model call, or a piece of one, as a row of ApiManagementGatewayLlmLog.</summary>
/// <remarks>
/// Whether every piece of a call carries its tokens is not documented. Here every one does: a query that gets this right
/// gets the other case right as well.
/// </remarks>
internal readonly record struct LlmLogRow(
    RequestRecord Record, LlmUsage Usage, int SequenceNumber, IReadOnlyList<LoggedMessage> Request, IReadOnlyList<LoggedMessage> Response, LogSettings Settings)
{
    public static LogTable<LlmLogRow> Table { get; } = new("ApiManagementGatewayLlmLog",
    [
        new("TimeGenerated", LogType.DateTime, (row, to) => to.Number(row.Record.Timestamp.UtcTicks)),
        new("CorrelationId", LogType.String, (row, to) => to.Formatted(row.Record.RequestId)),
        new("DeploymentName", LogType.String, (row, to) => to.Text(row.Usage.Deployment)),
        new("ModelName", LogType.String, (row, to) => to.Text(row.Usage.Model)),
        new("PromptTokens", LogType.Int, (row, to) => to.Number(row.Usage.PromptTokens)),
        new("CompletionTokens", LogType.Int, (row, to) => to.Number(row.Usage.CompletionTokens)),
        new("TotalTokens", LogType.Int, (row, to) => to.Number(row.Usage.TotalTokens)),
        new("IsStreamCompletion", LogType.Bool, (row, to) => to.Flag(row.Usage.IsStream)),
        new("SequenceNumber", LogType.Int, (row, to) => to.Number(row.SequenceNumber)),
        new("RequestMessages", LogType.Dynamic, (row, to) => BindMessages(row.Request, to)),
        new("ResponseMessages", LogType.Dynamic, (row, to) => BindMessages(row.Response, to)),
        new("Region", LogType.String, (row, to) => to.Text(row.Settings.Region)),
    ]);

    private static void BindMessages(IReadOnlyList<LoggedMessage> messages, RowInsert to)
    {
        if (messages.Count == 0)
        {
            to.Null();
            return;
        }

        to.Json(messages, WriteMessages);
    }

    private static void WriteMessages(IReadOnlyList<LoggedMessage> messages, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            if (message.Role is not null)
            {
                writer.WriteString("role"u8, message.Role);
            }

            writer.WriteString("content"u8, message.Content);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
