using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Policies.Elements;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>The elements that the gateway knows. A new one is a file in Elements and a line here.</summary>
internal static class PolicyElements
{
    public static FrozenDictionary<string, PolicyElement> All { get; } = new[]
    {
        AuthenticationManagedIdentity.Element,
        Base.Element,
        CacheLookupValue.Element,
        CacheStoreValue.Element,
        Choose.Element,
        ForwardRequest.Element,
        IncludeFragment.Element,
        LlmEmitTokenMetric.Element,
        LlmEmitTokenMetric.OlderElement,
        LlmTokenLimit.Element,
        LlmTokenLimit.OlderElement,
        Retry.Element,
        ReturnResponse.Element,
        RewriteUri.Element,
        SetBackendService.Element,
        SetBody.Element,
        SetHeader.Element,
        SetQueryParameter.Element,
        SetStatus.Element,
        SetVariable.Element,
        Trace.Element,
    }.ToFrozenDictionary(element => element.Name);
}

/// <summary>An element that the gateway knows: its name, where it may stand, and how it is read.</summary>
internal sealed record PolicyElement(string Name, PolicySections Sections, Func<PolicyElementReader, IPolicy> Read);

/// <summary>The sections of a policy.</summary>
[Flags]
internal enum PolicySections
{
    None = 0,
    Inbound = 1,
    Backend = 2,
    Outbound = 4,
    OnError = 8,
    All = Inbound | Backend | Outbound | OnError,
}
