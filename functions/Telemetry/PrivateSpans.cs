using System.Diagnostics;
using OpenTelemetry;

namespace ContosoSuites.Functions.Telemetry;

/// <summary>
/// Takes the message of its exception from a span that failed. It may quote what a model wrote or a model was told: the
/// argument of a tool that can not be read, or an instance's refusal. What the exception was, the span still says.
/// </summary>
internal sealed class PrivateSpans : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data) => data.SetStatus(data.Status);
}
