namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>What goes wrong between the SDK and the emulator.</summary>
internal sealed class CosmosFaults
{
    /// <summary>The answer in place of the emulator's; null to let the request through.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Answer { get; set; } = _ => null;
}
