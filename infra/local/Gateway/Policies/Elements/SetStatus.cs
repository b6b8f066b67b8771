using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>set-status</c>: the status code of the response, and the words that go with it.</summary>
internal sealed class SetStatus(PolicyValue<int> code, PolicyValue<string> reason) : PolicyStep
{
    // Those that an answer can end with.
    private const int Lowest = 200;
    private const int Highest = 599;

    public static PolicyElement Element { get; } = new("set-status", PolicySections.All, Read);

    public static SetStatus Read(PolicyElementReader reader) => new(reader.Number("code", Lowest, Highest), reader.Value<string>("reason"));

    protected override void Run(PolicyExecution execution) =>
        Apply(execution, execution.Response ?? throw new ExpressionException("There is no response yet whose status could be set."));

    public void Apply(PolicyExecution execution, ResponseState response)
    {
        var status = code.Get(execution);
        response.SetStatus(status is >= Lowest and <= Highest ? status : throw new ExpressionException($"{status} is no status code."), reason.Get(execution));
    }
}
