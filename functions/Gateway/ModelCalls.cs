namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Knows which function the current flow of control calls models for. <see cref="ModelCallMiddleware"/> opens a scope around
/// every function; each model call made inside it, by whatever library, carries the function's name and leaves the region
/// that served it.
/// </summary>
public sealed class ModelCalls
{
    private readonly AsyncLocal<ModelCallScope?> _current = new();

    /// <summary>The regions that have answered the running function's calls so far, one entry a call, in order.</summary>
    public IReadOnlyList<string> ServedBy => Current?.ServedBy ?? [];

    /// <summary>The innermost open scope of this flow; null outside any function.</summary>
    internal ModelCallScope? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    /// <summary>Opens a scope; dispose it when the function's work is done.</summary>
    /// <param name="function">The function's name, as in its attribute.</param>
    /// <param name="timeIsUp">When model calls are given up because the function has to answer.</param>
    public ModelCallScope Begin(string function, CancellationToken timeIsUp = default) => new(this, function, timeIsUp);
}
