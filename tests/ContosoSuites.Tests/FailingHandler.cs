namespace ContosoSuites.Tests;

/// <summary>A transport that brings no response, ever.</summary>
internal sealed class FailingHandler(Exception failure) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromException<HttpResponseMessage>(failure);
}
