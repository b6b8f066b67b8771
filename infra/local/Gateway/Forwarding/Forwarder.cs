using System.Net;
using System.Net.Sockets;
using ContosoSuites.Local.Gateway.Backends;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>Sends a request to a backend and gives back its response as soon as the headers are there.</summary>
internal sealed class Forwarder(HttpMessageInvoker transport)
{
    private const string RegionHeader = "x-ms-region";

    /// <summary>Sends the request, with <paramref name="body"/>, to <paramref name="url"/>.</summary>
    public async ValueTask<ForwardResult> SendAsync(HttpContext http, ReadOnlyMemory<byte> body, Backend backend, Uri url, CallLimit limit)
    {
        try
        {
            // The message lives as long as its response, which the caller disposes.
            var message = await CreateMessageAsync(http, body, backend, url);
            var response = await transport.SendAsync(message, limit.Token);
            if (limit.TryStop())
            {
                if (backend.Region is { } region)
                {
                    response.Headers.TryAddWithoutValidation(RegionHeader, region);
                }

                return new ForwardResult(response, ForwardError.None, null);
            }

            response.Dispose();
            return new ForwardResult(null, ForwardError.Timeout, new TimeoutException("The time was up when the headers came."));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            // A bare SocketException: the backend has reset a connection that was just made, and the handler, about to note the
            // remote end of it, finds none (HttpConnectionPool.ConnectAsync of .NET 10).
            return new ForwardResult(null, Classify(exception, limit), exception);
        }
    }

    private static async ValueTask<HttpRequestMessage> CreateMessageAsync(HttpContext http, ReadOnlyMemory<byte> body, Backend backend, Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(http.Request.Method), url) { Version = HttpVersion.Version11 };
        if (!body.IsEmpty || http.Request.ContentLength is not null)
        {
            message.Content = new ReadOnlyMemoryContent(backend.Address.Models?.Name(body, url) ?? body);
        }

        // YARP leaves out what is about one connection, but for Trailer and what the caller's own Connection header names.
        foreach (var name in http.Request.Headers.GetCommaSeparatedValues(HeaderNames.Connection))
        {
            http.Request.Headers.Remove(name);
        }

        await HttpTransformer.Empty.TransformRequestAsync(http, message, "", CancellationToken.None);
        if (backend.HasCredentials)
        {
            Authorize(message.Headers, backend.Address);
        }

        // The gateway's to set: the host it calls, and the length of what it has buffered. It reads the tokens of an answer, so
        // that none is to come compressed.
        message.Headers.Remove(HeaderNames.Trailer);
        message.Headers.Remove(HeaderNames.Host);
        message.Headers.Remove(HeaderNames.Expect);
        message.Headers.Remove(HeaderNames.AcceptEncoding);
        message.Content?.Headers.Remove(HeaderNames.ContentLength);
        return message;
    }

    private static void Authorize(System.Net.Http.Headers.HttpRequestHeaders headers, BackendAddress address)
    {
        headers.Remove(HeaderNames.Authorization);
        if (address.ApiKey is not null || address.Models is not null)
        {
            headers.Remove(BackendAddress.ApiKeyHeader);
        }

        if (address.Credentials is var (name, value))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    // A caller that goes while the time runs out has still gone.
    private static ForwardError Classify(Exception exception, CallLimit limit) =>
        limit.CallerGone ? ForwardError.CallerGone
        : limit.TimeIsUp ? ForwardError.Timeout
        : exception is SocketException ? ForwardError.Connection
        : (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ForwardError.NameResolution,
            HttpRequestError.ConnectionError => ForwardError.Connection,
            HttpRequestError.SecureConnectionError => ForwardError.Tls,
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => ForwardError.InvalidResponse,
            _ => ForwardError.Reset,
        };
}

/// <summary>What a call to a backend has brought: a response, or an error.</summary>
internal readonly record struct ForwardResult(HttpResponseMessage? Response, ForwardError Error, Exception? Exception);

/// <summary>The ways in which a call to a backend ends without a response, or a response ends before its end.</summary>
internal enum ForwardError
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The backend's name could not be resolved.</summary>
    NameResolution,

    /// <summary>No connection: refused, unreachable.</summary>
    Connection,

    /// <summary>The TLS handshake failed.</summary>
    Tls,

    /// <summary>The connection broke before the response's headers were complete.</summary>
    Reset,

    /// <summary>What the backend sent is not HTTP, or can not be passed on.</summary>
    InvalidResponse,

    /// <summary>The headers did not come in time.</summary>
    Timeout,

    /// <summary>The connection broke in the middle of the body.</summary>
    BodyCut,

    /// <summary>The backend fell silent in the middle of the body.</summary>
    BodyStalled,

    /// <summary>The caller has gone.</summary>
    CallerGone,
}
