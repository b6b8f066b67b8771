using ContosoSuites.Local.Gateway.Expressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// The response while policies work on it: a backend's, whose body still streams in, or one made here. Its headers are the
/// connection's own, so passing a response through copies them once.
/// </summary>
internal sealed class ResponseState : IResponse, IDisposable
{
    private readonly HttpResponseMessage? _message;
    private IHeaderDictionary _headers;

    private ResponseState(IHeaderDictionary headers, HttpResponseMessage? message)
    {
        _headers = headers;
        _message = message;
        StatusCode = (int)(message?.StatusCode ?? System.Net.HttpStatusCode.OK);
        StatusReason = message is null ? ReasonPhrases.GetReasonPhrase(StatusCode) : message.ReasonPhrase ?? "";
        Content = message is null ? (ReadOnlyMemory<byte>?)ReadOnlyMemory<byte>.Empty : null;
    }

    public int StatusCode { get; private set; }

    public string StatusReason { get; private set; }

    /// <summary>The body when it is in memory; null when it streams in from the backend.</summary>
    public ReadOnlyMemory<byte>? Content { get; private set; }

    /// <summary>The backend's response, while its body streams.</summary>
    public HttpResponseMessage? Message => Content is null ? _message : null;

    /// <summary>Whether each piece of the body goes to the caller as it comes.</summary>
    public bool FlushEachPiece { get; private init; }

    public IHeaders Headers => new HeaderView(_headers);

    /// <summary>A response made here, 200 without a body to begin with. What was in <paramref name="headers"/> goes.</summary>
    public static ResponseState Create(IHeaderDictionary headers)
    {
        headers.Clear();
        return new ResponseState(headers, null);
    }

    /// <summary>A backend's response.</summary>
    /// <exception cref="InvalidOperationException">A header of it can not be passed on.</exception>
    public static async ValueTask<ResponseState> FromAsync(HttpResponseMessage message, HttpContext http, bool flushEachPiece)
    {
        // YARP leaves out what is about one connection, but for Trailer and what the backend's own Connection header names.
        var headers = http.Response.Headers;
        headers.Clear();
        await HttpTransformer.Empty.TransformResponseAsync(http, message, CancellationToken.None);
        headers.Remove(HeaderNames.Trailer);
        if (message.Headers.NonValidated.Contains(HeaderNames.Connection))
        {
            foreach (var name in message.Headers.Connection)
            {
                headers.Remove(name);
            }
        }

        return new ResponseState(headers, message) { FlushEachPiece = flushEachPiece };
    }

    /// <summary>Keeps its headers for those who still look at it, when the connection's are about to be another response's.</summary>
    public void KeepHeaders() => _headers = new HeaderDictionary(_headers.ToDictionary());

    /// <summary>Sets the status code and the words that go with it; without any, the usual ones.</summary>
    public void SetStatus(int code, string? reason = null)
    {
        StatusCode = code;
        StatusReason = reason ?? ReasonPhrases.GetReasonPhrase(code);
    }

    /// <summary>Puts <paramref name="bytes"/> in the place of the body.</summary>
    public void SetContent(ReadOnlyMemory<byte> bytes)
    {
        Content = bytes;
        _headers.ContentLength = null;
        _headers.Remove(HeaderNames.ContentEncoding);
    }

    public void Dispose() => _message?.Dispose();
}
