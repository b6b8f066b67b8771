using ContosoSuites.Local.Gateway.Expressions.Context;
using ContosoSuites.Local.Gateway.Forwarding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// The response while policies work on it: a backend's, whose body still streams in, or one made here. Its headers are the
/// connection's own, so passing a response through copies them once.
/// </summary>
internal sealed class ResponseState : IResponse, IDisposable
{
    private readonly IHeaderDictionary _headers;
    private readonly HttpResponseMessage? _message;
    private HeaderView? _view;
    private ReadOnlyMemory<byte>? _content;

    private ResponseState(IHeaderDictionary headers, int statusCode, string statusReason, HttpResponseMessage? message)
    {
        _headers = headers;
        _message = message;
        _content = message is null ? (ReadOnlyMemory<byte>?)ReadOnlyMemory<byte>.Empty : null;
        StatusCode = statusCode;
        StatusReason = statusReason;
    }

    public int StatusCode { get; private set; }

    public string StatusReason { get; private set; }

    /// <summary>The body when it is in memory; null when it streams in from the backend.</summary>
    public ReadOnlyMemory<byte>? Content => _content;

    /// <summary>Whether it came from a backend, however policies have changed it.</summary>
    public bool IsOfBackend => _message is not null;

    /// <summary>The backend's response, while its body streams.</summary>
    public HttpResponseMessage? Message => _content is null ? _message : null;

    /// <summary>Whether each piece of the body goes to the caller as it comes.</summary>
    public bool FlushEachPiece { get; init; }

    public IHeaders Headers => _view ??= new HeaderView(_headers, name => _headers[name]);

    public IMessageBody Body => new MessageBody(ReadAll, SetContent);

    /// <summary>A response made here, 200 without a body to begin with. What was in <paramref name="headers"/> goes.</summary>
    public static ResponseState Create(IHeaderDictionary headers)
    {
        headers.Clear();
        return new ResponseState(headers, StatusCodes.Status200OK, "OK", null);
    }

    /// <summary>A backend's response.</summary>
    /// <exception cref="InvalidOperationException">A header of it can not be passed on.</exception>
    public static ResponseState From(HttpResponseMessage message, IHeaderDictionary headers, bool flushEachPiece)
    {
        headers.Clear();
        StringValues connection = message.Headers.NonValidated.TryGetValues(HeaderNames.Connection, out var values) ? values.ToString() : StringValues.Empty;
        Copy(message.Headers, headers, connection);
        Copy(message.Content.Headers, headers, connection);
        return new ResponseState(headers, (int)message.StatusCode, message.ReasonPhrase ?? "", message) { FlushEachPiece = flushEachPiece };
    }

    /// <summary>Sets the status code and the words that go with it.</summary>
    public void SetStatus(int code, string reason)
    {
        StatusCode = code;
        StatusReason = reason;
    }

    /// <summary>Puts <paramref name="bytes"/> in the place of the body.</summary>
    public void SetContent(ReadOnlyMemory<byte> bytes)
    {
        _content = bytes;
        _headers.ContentLength = null;
        _headers.Remove(HeaderNames.ContentEncoding);
    }

    public static string ReasonOf(int statusCode) => ReasonPhrases.GetReasonPhrase(statusCode);

    public void Dispose() => _message?.Dispose();

    private static void Copy(System.Net.Http.Headers.HttpHeaders from, IHeaderDictionary to, StringValues connection)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!HopByHopHeaders.Contains(name, connection))
            {
                to[name] = values.Count == 1 ? values.ToString() : new StringValues([.. values]);
            }
        }
    }

    // An expression can not wait, so this does; it is only for policies that look into responses.
    private ReadOnlyMemory<byte> ReadAll()
    {
        if (_content is { } content)
        {
            return content;
        }

        using var stream = _message!.Content.ReadAsStream();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
