using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The way into an isolated-worker app.</summary>
[SuppressMessage("Design", "CA1052:Static holder types should be sealed", Justification = "The package's class is neither static nor sealed.")]
public class FunctionsApplication
{
    /// <summary>A builder with the worker's defaults.</summary>
    /// <param name="args">Command-line arguments, read as configuration.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
