namespace ContosoSuites.Tests.Functions.Telemetry;

/// <summary>A span as it was exported, as far as the tests look at it.</summary>
internal sealed record OtlpSpan(string TraceId, string SpanId, string ParentSpanId, string Name, long Kind, string Source, IReadOnlyDictionary<string, string> Attributes)
{
    public const long Internal = 1;
    public const long Client = 3;

    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in ProtoField.Read(request)
        from scope in ProtoField.Read(resource.Bytes).Where(field => field.Number == 2)
        let inScope = ProtoField.Read(scope.Bytes)
        let source = ProtoField.Read(inScope.Single(field => field.Number == 1).Bytes).Single(field => field.Number == 1).Text
        from span in inScope.Where(field => field.Number == 2)
        select ReadSpan(ProtoField.Read(span.Bytes), source);

    private static OtlpSpan ReadSpan(IReadOnlyList<ProtoField> fields, string source)
    {
        return new OtlpSpan(
            Id(1), Id(2), Id(4),
            fields.Single(field => field.Number == 5).Text,
            fields.Single(field => field.Number == 6).Value,
            source,
            fields.Where(field => field.Number == 9).Select(field => ProtoField.Read(field.Bytes)).ToDictionary(Key, Value));

        string Id(int number) => Convert.ToHexStringLower(fields.FirstOrDefault(field => field.Number == number)?.Bytes ?? []);
    }

    private static string Key(IReadOnlyList<ProtoField> attribute) => attribute.Single(field => field.Number == 1).Text;

    private static string Value(IReadOnlyList<ProtoField> attribute) => attribute.SingleOrDefault(field => field.Number == 2)?.Text ?? "";
}
