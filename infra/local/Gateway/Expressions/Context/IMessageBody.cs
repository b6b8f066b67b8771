namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>The body of a request or response, as policy expressions see it.</summary>
public interface IMessageBody
{
    /// <summary>
    /// The body as a string, byte[], JObject, JToken, JArray, XNode, XElement or XDocument. Unless
    /// <paramref name="preserveContent"/> is set the body is used up: what is sent on is then empty.
    /// </summary>
    public T As<T>(bool preserveContent = false)
        where T : class;
}
