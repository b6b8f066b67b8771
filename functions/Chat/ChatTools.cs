using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Chat;

/// <summary>
/// The kernel's functions as the chat offers them to the model. Made once: their schemas are translated for the wire anew for
/// every function object, which would otherwise be the larger part of a call.
/// </summary>
/// <param name="kernel">The kernel with its plugins.</param>
public sealed class ChatTools(Kernel kernel)
{
    private readonly AITool[] _tools = [.. kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel))];

    /// <summary>Options of one call that offer every function.</summary>
    public ChatOptions CreateOptions() => new() { Tools = [.. _tools] };
}
