namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Knows which function the current flow of control calls models for. A function opens a scope around its work; every
/// model call made inside it, by whatever library, carries the function's name and leaves the region that served it.
/// </summary>
public sealed class ModelCalls
{
    private readonly AsyncLocal<ModelCallScope?> _current = new();

    /// <summary>The innermost open scope of this flow; null outside any function.</summary>
    internal ModelCallScope? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    /// <summary>Opens a scope; dispose it when the function's work is done.</summary>
    /// <param name="function">The function's name, as in its attribute.</param>
    public ModelCallScope Begin(string function) => new(this, function);
}
