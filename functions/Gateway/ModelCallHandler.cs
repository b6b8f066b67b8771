using System.Net.Sockets;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// What every attempt at a model call does: it says which function it is for, notes the region that answered, and keeps
/// the body inside the attempt's timeout.
/// </summary>
internal sealed class ModelCallHandler(ModelCalls calls, ApiManagementOptions options, TimeProvider timeProvider) : DelegatingHandler
{
    /// <summary>The request header by which the gateway's logs and metrics tell the callers apart.</summary>
    public const string FunctionHeader = "x-contoso-function";

    /// <summary>The response header in which Azure OpenAI names its region.</summary>
    public const string RegionHeader = "x-ms-region";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (calls.Current is not { } scope)
        {
            return await SendAsync(request, null, cancellationToken);
        }

        request.Headers.Remove(FunctionHeader);
        request.Headers.Add(FunctionHeader, scope.Function);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, scope.TimeIsUp);
        try
        {
            return await SendAsync(request, scope, ending.Token);
        }
        catch (OperationCanceledException e) when (scope.TimeIsUp.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TurnTimeoutException(e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, ModelCallScope? scope, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await SendOnceAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && response.Headers.TryGetValues(RegionHeader, out IEnumerable<string>? regions))
        {
            scope?.AddRegion(regions.First());
        }

        try
        {
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                scope?.LastAnswer = null;
                response.Content = await IdleTimeoutContent.WrapAsync(
                    response.Content, options.ModelCallTimeout, timeProvider, scope?.TimeIsUp ?? default, cancellationToken);
                return response;
            }

            // The client asks for headers first and reads the body later, outside the timeout. Reading it here keeps a body
            // that never ends, or breaks off, within the attempt.
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            scope?.LastAnswer = body;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException e)
        {
            // .NET lets this one through bare when a connection is reset as soon as it is made. To all above it is what it is:
            // no connection.
            throw new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e);
        }
    }
}
