using ContosoSuites.Functions.Gateway;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Http;

/// <summary>Runs the work of an HTTP function: puts the function's name on its model calls, and answers problems as such.</summary>
/// <param name="modelCalls">Names the function on its model calls.</param>
/// <param name="problems">Describes what goes wrong.</param>
public sealed class HttpFunction(ModelCalls modelCalls, FunctionProblems problems)
{
    /// <summary>Runs the work.</summary>
    /// <param name="name">The function's name, as in its attribute.</param>
    /// <param name="request">The request. Its caller's disconnect cancels the work, model calls included.</param>
    /// <param name="work">Gets the scope of its model calls and the token that ends it.</param>
    /// <returns>The work's result, or a problem.</returns>
    public async Task<IResult> RunAsync(string name, HttpRequest request, Func<ModelCallScope, CancellationToken, Task<IResult>> work)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(work);
        using ModelCallScope calls = modelCalls.Begin(name);
        try
        {
            return await work(calls, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (problems.TryDescribe(e, request.HttpContext, out FunctionProblem? problem))
        {
            return problem;
        }
    }
}
