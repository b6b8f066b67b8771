using ContosoSuites.Local.Gateway.Expressions.Context;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>Shows expressions a body. <paramref name="read"/> gives all of it; <paramref name="replace"/> puts other bytes in its place.</summary>
internal sealed class MessageBody(Func<ReadOnlyMemory<byte>> read, Action<ReadOnlyMemory<byte>> replace) : IMessageBody
{
    public T As<T>(bool preserveContent = false)
        where T : class
    {
        var bytes = read();
        replace(preserveContent ? bytes : default);
        return BodyConverter.Convert<T>(bytes);
    }
}
