namespace ContosoSuites.Local.Gateway.Records;

/// <summary>What a trace policy, or <c>context.Trace</c>, has said.</summary>
/// <param name="Source">Who says it.</param>
/// <param name="Severity">verbose, information or error.</param>
/// <param name="Message">What it says.</param>
/// <param name="Metadata">Its properties.</param>
internal sealed record TraceRecord(string Source, string Severity, string Message, IReadOnlyList<KeyValuePair<string, string>> Metadata);
