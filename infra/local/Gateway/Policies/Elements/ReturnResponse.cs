using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>
/// <c>return-response</c>: ends the request with an answer of its own, 200 without a body unless its elements say more. Their
/// expressions still see the response that the answer replaces.
/// </summary>
internal sealed class ReturnResponse(SetStatus? setStatus, IReadOnlyList<SetHeader> setHeaders, SetBody? setBody) : IPolicy
{
    private const string StatusName = "set-status";
    private const string HeaderName = "set-header";
    private const string BodyName = "set-body";

    public static PolicyElement Element { get; } = new("return-response", PolicySections.All, Read);

    public ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var status = setStatus?.Evaluate(execution);
        if (setStatus is not null && status is null)
        {
            return new(PolicyFlow.Fail);
        }

        var changes = new HeaderChange[setHeaders.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = setHeaders[i].Evaluate(execution);
        }

        var body = setBody?.Evaluate(execution);
        return new(Replace(execution, status, changes, body));
    }

    private PolicyFlow Replace(PolicyExecution execution, StatusLine? status, HeaderChange[] changes, byte[]? body)
    {
        var response = ResponseState.Create(execution.ResponseHeaders);
        execution.ReplaceResponse(response);
        if (status is { } line)
        {
            response.SetStatus(line.Code, line.Reason);
        }

        for (var i = 0; i < changes.Length; i++)
        {
            if (setHeaders[i].Apply(changes[i], execution.ResponseHeaders, execution) is not PolicyFlow.Continue and var flow)
            {
                return flow;
            }
        }

        if (body is not null)
        {
            response.SetContent(body);
        }

        return PolicyFlow.Return;
    }

    private static ReturnResponse Read(PolicyElementReader reader)
    {
        reader.Refuse("response-variable-name", "no variable can hold a response here, as there is no send-request");
        var children = reader.Children(StatusName, HeaderName, BodyName);
        if (children.Where(child => child.Name != HeaderName).GroupBy(child => child.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw twice.Last().Wrong($"<return-response> takes <{twice.Key}> once.");
        }

        return new ReturnResponse(
            children.Where(child => child.Name == StatusName).Select(SetStatus.Read).FirstOrDefault(),
            [.. children.Where(child => child.Name == HeaderName).Select(child => SetHeader.Read(child, ofResponse: true))],
            children.Where(child => child.Name == BodyName).Select(child => SetBody.Read(child, ofResponse: true)).FirstOrDefault());
    }
}
