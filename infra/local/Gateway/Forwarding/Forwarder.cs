using System.Net;
using System.Net.Sockets;
using ContosoSuites.Local.Gateway.Backends;
using Microsoft.Net.Http.Headers;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>Sends a request to a backend and gives back its response as soon as the headers are there.</summary>
internal sealed class Forwarder(HttpMessageInvoker transport)
{
    private const string ApiKeyHeader = "api-key";

    private static readonly string Bearer = "Bearer " + BackendAddress.ManagedIdentityToken;

    /// <summary>Sends <paramref name="request"/>, with <paramref name="body"/>, to <paramref name="url"/>.</summary>
    public async ValueTask<ForwardResult> SendAsync(HttpRequest request, ReadOnlyMemory<byte> body, Backend backend, Uri url, CallLimit limit)
    {
        try
        {
            // The message lives as long as its response, which the caller disposes.
            var message = CreateMessage(request, body, backend, url);
            var response = await transport.SendAsync(message, limit.Token);
            if (limit.TryStop())
            {
                return ForwardResult.Of(response);
            }

            response.Dispose();
            return ForwardResult.Of(ForwardError.Timeout, new TimeoutException("The time was up when the headers came."));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            // A bare SocketException: the backend has reset a connection that was just made, and the handler, about to note the
            // remote end of it, finds none (HttpConnectionPool.ConnectAsync of .NET 10).
            return ForwardResult.Of(Classify(exception, limit), exception);
        }
    }

    private static HttpRequestMessage CreateMessage(HttpRequest request, ReadOnlyMemory<byte> body, Backend backend, Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (!body.IsEmpty || request.ContentLength is not null)
        {
            message.Content = new ReadOnlyMemoryContent(body);
        }

        var connection = request.Headers.Connection;
        foreach (var (name, values) in request.Headers)
        {
            if (IsOwn(name, backend) || HopByHopHeaders.Contains(name, connection))
            {
                continue;
            }

            if (values.Count == 1)
            {
                _ = message.Headers.TryAddWithoutValidation(name, values[0]) || message.Content?.Headers.TryAddWithoutValidation(name, values[0]) is true;
            }
            else
            {
                _ = message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) || message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) is true;
            }
        }

        if (!backend.HasCredentials)
        {
            return message;
        }

        if (backend.Address.ApiKey is { } key)
        {
            message.Headers.Remove(ApiKeyHeader);
            message.Headers.TryAddWithoutValidation(ApiKeyHeader, key);
        }
        else
        {
            message.Headers.TryAddWithoutValidation(HeaderNames.Authorization, Bearer);
        }

        return message;
    }

    // The gateway's to set: the host it calls, the length of what it has buffered, and the backend's credentials if it has any.
    private static bool IsOwn(string name, Backend backend) =>
        name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HeaderNames.Expect, StringComparison.OrdinalIgnoreCase)
        || (backend.HasCredentials && name.Equals(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase));

    private static ForwardError Classify(Exception exception, CallLimit limit)
    {
        // A caller that goes while the time runs out has still gone.
        if (limit.CallerGone)
        {
            return ForwardError.CallerGone;
        }

        if (limit.TimeIsUp)
        {
            return ForwardError.Timeout;
        }

        if (exception is SocketException)
        {
            return ForwardError.Connection;
        }

        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ForwardError.NameResolution,
            HttpRequestError.ConnectionError => ForwardError.Connection,
            HttpRequestError.SecureConnectionError => ForwardError.Tls,
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => ForwardError.InvalidResponse,
            _ => ForwardError.Reset,
        };
    }
}
