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
