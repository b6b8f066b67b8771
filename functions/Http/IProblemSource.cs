namespace ContosoSuites.Functions.Http;

/// <summary>Describes the failures of one kind of work to callers. Whatever functions depend on registers one for its own failures.</summary>
public interface IProblemSource
{
    /// <summary>The problem that an exception stands for; null for an exception of another kind.</summary>
    /// <param name="exception">What a function failed with.</param>
    public FunctionProblem? Describe(Exception exception);
}
