using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>return-response</c>: ends the request with an answer of its own, 200 without a body unless its elements say more.</summary>
internal sealed class ReturnResponse(IReadOnlyList<IPolicy> parts) : IPolicy
{
    private readonly IPolicy[] _parts = [.. parts];

    public static PolicyElement Element { get; } = new("return-response", PolicySections.All, Read);

    public async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        execution.ReplaceResponse(ResponseState.Create(execution.ResponseHeaders));
        foreach (var part in _parts)
        {
            if (await part.RunAsync(execution) is not PolicyFlow.Continue and var flow)
            {
                return flow;
            }
        }

        return PolicyFlow.Return;
    }

    private static ReturnResponse Read(PolicyElementReader reader) =>
        new([.. reader.Children("set-status", "set-header", "set-body").Select<PolicyElementReader, IPolicy>(child => child.Name switch
        {
            "set-status" => SetStatus.Read(child),
            "set-header" => SetHeader.Read(child, ofResponse: true),
            _ => SetBody.Read(child, ofResponse: true),
        })]);
}
