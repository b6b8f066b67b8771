using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>What a call to a backend has brought: a response, or an error.</summary>
internal readonly record struct ForwardResult(HttpResponseMessage? Response, ForwardError Error, Exception? Exception)
{
    [MemberNotNullWhen(true, nameof(Response))]
    public bool HasResponse => Response is not null;

    public static ForwardResult Of(HttpResponseMessage response) => new(response, ForwardError.None, null);

    public static ForwardResult Of(ForwardError error, Exception exception) => new(null, error, exception);
}
