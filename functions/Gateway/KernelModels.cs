using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Gateway;

/// <summary>The kernel's chat model as the functions use it: an answer is whole, or it is a <see cref="ModelCallException"/>.</summary>
internal static class KernelModels
{
    /// <summary>The chat model, with the loop that runs its tools.</summary>
    public static IChatClient GetChatClient(this Kernel kernel) => kernel.GetRequiredService<ToolLoop>();

    /// <summary>Whether the model refused to answer; its refusal is the text.</summary>
    public static bool IsRefusal(this ChatResponse response) => response.FinishReason == WholeAnswers.Refused;
}
