using System.IO.Pipelines;
using System.Text.Json;

namespace ContosoSuites.Local.Models.Http;

/// <summary>A request's JSON. It borrows the memory the request was read into, and gives it back when disposed.</summary>
internal readonly struct RequestBody(JsonDocument document, PipeReader reader, SequencePosition end) : IDisposable
{
    public JsonElement Json => document.RootElement;

    public void Dispose()
    {
        document.Dispose();
        reader.AdvanceTo(end);
    }
}
