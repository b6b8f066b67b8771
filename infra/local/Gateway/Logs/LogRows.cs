using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>A request as a row of ApiManagementGatewayLogs.</summary>
/// <remarks>
/// What the public documentation leaves open, and what is assumed: BackendId, BackendUrl and BackendResponseCode are those
/// of the last attempt, the backend being the member of the pool; BackendTime is that of all attempts together, until the
/// last one's headers.
/// </remarks>
internal readonly record struct GatewayLogRow(RequestRecord Record, LogSettings Settings)
{
    public static LogTable<GatewayLogRow> Table { get; } = new("ApiManagementGatewayLogs",
    [
        new("TimeGenerated", LogType.DateTime, (row, to) => to.Number(row.Record.Timestamp.UtcTicks)),
        new("CorrelationId", LogType.String, (row, to) => to.Id(row.Record.RequestId)),
        new("ApiId", LogType.String, (row, to) => to.Text(row.Record.ApiId)),
        new("OperationId", LogType.String, (row, to) => to.Text(row.Record.OperationId)),
        new("Method", LogType.String, (row, to) => to.Text(row.Record.Method)),
        new("Url", LogType.String, (row, to) => to.Text(row.Settings.Secrets.Hide(row.Record.Url.ToString()))),
        new("ResponseCode", LogType.Int, (row, to) => to.Number(row.Record.ResponseCode)),
        new("TotalTime", LogType.Long, (row, to) => to.Number((long)row.Record.TotalTime.TotalMilliseconds)),
        new("BackendId", LogType.String, (row, to) => to.Text(row.LastAttempt?.Backend)),
        new("BackendUrl", LogType.String, (row, to) => to.Text(row.LastAttempt is { } attempt ? row.Settings.Secrets.Hide(attempt.Url.AbsoluteUri) : null)),
        new("BackendResponseCode", LogType.Int, (row, to) => to.Number(row.LastAttempt?.StatusCode)),
        new("BackendTime", LogType.Long, (row, to) => to.Number(row.BackendMilliseconds)),
        new("CallerIpAddress", LogType.String, (row, to) => to.Text(row.CallerAddress)),
        new("ApimSubscriptionId", LogType.String, (row, to) => to.Text(row.Record.SubscriptionId)),
        new("RequestHeaders", LogType.Dynamic, (row, to) => to.Json(row, WriteHeaders)),
        new("LastErrorReason", LogType.String, (row, to) => to.Text(row.Record.LastErrorReason)),
        new("TraceRecords", LogType.Dynamic, (row, to) => to.Json(row.Record.Traces, WriteTraces)),
        new("Region", LogType.String, (row, to) => to.Text(row.Settings.Region)),
    ]);

    private AttemptRecord? LastAttempt => Record.Attempts.LastOrDefault();

    private long BackendMilliseconds => (long)TimeSpan.FromTicks(Record.Attempts.Sum(attempt => attempt.Duration.Ticks)).TotalMilliseconds;

    private string? CallerAddress => Record.CallerIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : Record.CallerIpAddress?.ToString();

    private static void WriteHeaders(GatewayLogRow row, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        for (var i = 0; i < row.Record.RequestHeaders.Count; i++)
        {
            if (row.Record.RequestHeaders[i] is { Count: > 0 } values)
            {
                writer.WriteString(row.Settings.RequestHeaders[i], values.ToString());
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteTraces(List<TraceRecord> traces, Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, traces, TraceJson.Default.ListTraceRecord);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<TraceRecord>))]
internal sealed partial class TraceJson : JsonSerializerContext;

/// <summary>
/// A model call as a row of ApiManagementGatewayLlmLog. Where API Management logs messages, which is never done here, a call
/// can have several rows, with a piece of its messages each.
/// </summary>
internal readonly record struct LlmLogRow(RequestRecord Record, LlmUsage Usage, LogSettings Settings)
{
    public static LogTable<LlmLogRow> Table { get; } = new("ApiManagementGatewayLlmLog",
    [
        new("TimeGenerated", LogType.DateTime, (row, to) => to.Number(row.Record.Timestamp.UtcTicks)),
        new("CorrelationId", LogType.String, (row, to) => to.Id(row.Record.RequestId)),
        new("DeploymentName", LogType.String, (row, to) => to.Text(row.Usage.Deployment)),
        new("ModelName", LogType.String, (row, to) => to.Text(row.Usage.Model)),
        new("PromptTokens", LogType.Int, (row, to) => to.Number(row.Usage.PromptTokens)),
        new("CompletionTokens", LogType.Int, (row, to) => to.Number(row.Usage.CompletionTokens)),
        new("TotalTokens", LogType.Int, (row, to) => to.Number(row.Usage.TotalTokens)),
        new("IsStreamCompletion", LogType.Bool, (row, to) => to.Number(row.Usage.IsStream ? 1 : 0)),
        new("SequenceNumber", LogType.Int, (_, to) => to.Number(0)),
        new("RequestMessages", LogType.Dynamic, (_, to) => to.Null()),
        new("ResponseMessages", LogType.Dynamic, (_, to) => to.Null()),
        new("Region", LogType.String, (row, to) => to.Text(row.Settings.Region)),
    ]);
}

/// <summary>What all rows have in common.</summary>
internal sealed record LogSettings(string Region, IReadOnlyList<string> RequestHeaders, UrlSecrets Secrets);
