using System.Text;
using System.Xml.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>Turns the bytes of a body into what an expression has asked for.</summary>
internal static class BodyConverter
{
    public static T Convert<T>(ReadOnlyMemory<byte> bytes)
        where T : class
    {
        var type = typeof(T);
        if (type == typeof(byte[]))
        {
            return (T)(object)bytes.ToArray();
        }

        var text = Encoding.UTF8.GetString(bytes.Span);
        object value = type == typeof(string) ? text
            : type == typeof(JObject) ? Parse<JObject>(text)
            : type == typeof(JArray) ? Parse<JArray>(text)
            : type == typeof(JToken) ? Parse<JToken>(text)
            : type == typeof(XDocument) || type == typeof(XNode) ? XDocument.Parse(text)
            : type == typeof(XElement) ? XElement.Parse(text)
            : throw new NotSupportedException($"A body can not be read as {type}.");
        return (T)value;
    }

    // Dates stay the text they are, as a body that is only looked at must not change.
    private static T Parse<T>(string text)
        where T : JToken
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JToken.ReadFrom(reader) as T ?? throw new InvalidCastException($"The body is JSON, but no {typeof(T).Name}.");
    }
}
