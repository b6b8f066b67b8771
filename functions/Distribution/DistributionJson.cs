using System.Text.Json;
using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Distribution;

/// <summary>A report as JSON.</summary>
internal static class DistributionJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new IsoDurationConverter() } };

    /// <summary>The report in UTF-8.</summary>
    public static byte[] Serialize(DistributionReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Json);
}
