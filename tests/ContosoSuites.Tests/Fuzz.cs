using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ContosoSuites.Tests;

/// <summary>Makes requests that nobody would write, from a seed.</summary>
internal sealed class Fuzz(int seed)
{
    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-16", "application/json; charset=nonsense", "text/plain", "text/html", "application/xml",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/octet-stream", "image/png", ";", "a/b/c", "",
    ];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    public T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Bytes, random JSON, or a good body with a little damage.</summary>
    public byte[] Body(string good)
    {
        switch (_random.Next(3))
        {
            case 0:
                return Bytes(_random.Next(0, 400));
            case 1:
                return Encoding.UTF8.GetBytes(Json());
            default:
                var body = Encoding.UTF8.GetBytes(good);
                for (var damage = _random.Next(0, 4); damage > 0; damage--)
                {
                    body[_random.Next(body.Length)] = (byte)_random.Next(256);
                }

                return _random.Next(4) == 0 ? body[.._random.Next(body.Length)] : body;
        }
    }

    public ByteArrayContent Content(string good)
    {
        var content = new ByteArrayContent(Body(good));
        if (_random.Next(2) == 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }
        else if (Any(ContentTypes) is { Length: > 0 } type)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }

    /// <summary>JSON with the names that the functions and the models read, and others, and values of all kinds.</summary>
    public string Json(int depth = 0) => _random.Next(depth > 3 ? 7 : 9) switch
    {
        0 => "null",
        1 => "true",
        2 => _random.Next(-5, 100).ToString(CultureInfo.InvariantCulture),
        3 => "1e400",
        4 => JsonSerializer.Serialize(Text(_random.Next(0, 30))),
        5 => "\"\\ud800\"",
        6 => "\"2026-11-01\"",
        7 => $"[{string.Join(",", Enumerable.Range(0, _random.Next(0, 5)).Select(_ => Json(depth + 1)))}]",
        _ => $"{{{string.Join(",", Enumerable.Range(0, _random.Next(0, 6)).Select(_ => $"{JsonSerializer.Serialize(Name())}:{Json(depth + 1)}"))}}}",
    };

    /// <summary>Characters from all over Unicode, without halves of pairs.</summary>
    public string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => _random.Next(3) == 0
        ? char.ConvertFromUtf32(_random.Next(0x1F300, 0x1F600))
        : ((char)_random.Next(1, 0xD800)).ToString()));

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Name() => Any((string[])
    [
        "message", "conversationId", "text", "hotel_id", "source", "details", "room_number", "location", "date", "messages", "role", "content", "model", "stream",
        "stream_options", "include_usage", "tools", "function", "name", "parameters", "type", "input", "encoding_format", "dimensions", "tool_choice", "max_tokens", "n", "",
        Text(3),
    ]);
}
