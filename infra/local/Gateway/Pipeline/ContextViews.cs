using System.Text;
using ContosoSuites.Local.Gateway.Expressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>Shows expressions the headers of the connection, without a copy.</summary>
internal sealed class HeaderView(IHeaderDictionary headers) : IHeaders
{
    public bool ContainsKey(string name) => headers[name].Count > 0;

    public string? GetValueOrDefault(string name, string? defaultValue = null) => headers[name] is { Count: > 0 } values ? values.ToString() : defaultValue;
}

internal sealed class UrlView(Uri uri) : IUrl
{
    public string Host => uri.Host;

    public string Path => uri.AbsolutePath;

    public int Port => uri.Port;

    public override string ToString() => uri.AbsoluteUri;
}

/// <summary>Shows expressions a body. <paramref name="read"/> gives all of it; <paramref name="replace"/> puts other bytes in its place.</summary>
internal sealed class BodyView(Func<ReadOnlyMemory<byte>> read, Action<ReadOnlyMemory<byte>> replace) : IMessageBody
{
    public T As<T>(bool preserveContent = false)
        where T : class
    {
        var bytes = read();
        replace(preserveContent ? bytes : default);
        var text = Encoding.UTF8.GetString(bytes.Span);
        return text as T ?? Parse(text) as T ?? throw new InvalidCastException($"The body can not be read as {typeof(T).Name}.");
    }

    // Dates stay the text they are, as a body that is only looked at must not change.
    private static JToken Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JToken.ReadFrom(reader);
    }
}

internal sealed class VariableBag() : Dictionary<string, object?>(7), IVariables
{
    public T? GetValueOrDefault<T>(string name, T? defaultValue = default) => TryGetValue(name, out var value) ? (T?)value : defaultValue;
}
