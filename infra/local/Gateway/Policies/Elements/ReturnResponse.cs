using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>return-response</c>: ends the request with an answer of its own, 200 without a body unless its elements say more. Their
/// expressions still see the response that the answer replaces.
/// </summary>
internal sealed class ReturnResponse(IReadOnlyList<Action<PolicyExecution, ResponseState>> parts) : IPolicy
{
    private const string HeaderName = "set-header";

    public static PolicyElement Element { get; } = new("return-response", PolicySections.All, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        execution.Response?.KeepHeaders();
        var answer = ResponseState.Create(execution.ResponseHeaders);
        foreach (var part in parts)
        {
            part(execution, answer);
        }

        execution.ReplaceResponse(answer);
        return new(PolicyFlow.Return);
    }

    private static ReturnResponse Read(PolicyElementReader reader)
    {
        var children = reader.Children("set-status", HeaderName, "set-body");
        if (children.Where(child => child.Name != HeaderName).GroupBy(child => child.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw twice.Last().Wrong($"<return-response> takes <{twice.Key}> once.");
        }

        return new ReturnResponse([.. children.Select(child => (Action<PolicyExecution, ResponseState>)(child.Name switch
        {
            "set-status" => SetStatus.Read(child).Apply,
            HeaderName => SetHeader.Read(child, ofResponse: true).Apply,
            _ => SetBody.Read(child, ofResponse: true).Apply,
        }))]);
    }
}
