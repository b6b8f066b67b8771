namespace ContosoSuites.Functions.Gateway;

/// <summary>The model calls made on behalf of one invocation of a function.</summary>
public sealed class ModelCallScope : IDisposable
{
    private readonly ModelCalls _calls;
    private readonly ModelCallScope? _outer;
    private readonly List<string> _regions = [];
    private readonly Lock _lock = new();

    internal ModelCallScope(ModelCalls calls, string function, CancellationToken timeIsUp)
    {
        _calls = calls;
        _outer = calls.Current;
        Function = function;
        TimeIsUp = timeIsUp;
        calls.Current = this;
    }

    /// <summary>The function's name.</summary>
    public string Function { get; }

    /// <summary>When model calls are given up because the function has to answer.</summary>
    internal CancellationToken TimeIsUp { get; }

    /// <summary>The regions that have answered so far, one entry a call, in order.</summary>
    public IReadOnlyList<string> ServedBy
    {
        get
        {
            lock (_lock)
            {
                return [.. _regions];
            }
        }
    }

    /// <summary>The last answer that came in one piece, as it came; null where a stream did.</summary>
    internal ReadOnlyMemory<byte>? LastAnswer { get; set; }

    /// <summary>Ends the scope.</summary>
    public void Dispose() => _calls.Current = _outer;

    internal void AddRegion(string region)
    {
        lock (_lock)
        {
            _regions.Add(region);
        }
    }
}

/// <summary>A function that is to answer has waited for models as long as it may.</summary>
internal sealed class TurnTimeoutException(Exception? innerException = null)
    : TimeoutException("The function has waited for models as long as an HTTP answer may take.", innerException);
