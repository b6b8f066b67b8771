namespace ContosoSuites.Local.Models.Faults;

/// <summary>Holds the fault of an instance and counts down the requests it still strikes.</summary>
internal sealed class FaultSwitch
{
    private volatile Armed? _armed;

    public ModelFault? Current => _armed?.Fault;

    public void Set(ModelFault? fault) => _armed = fault is null ? null : new Armed(fault);

    /// <summary>The fault that strikes this request, if any.</summary>
    public ModelFault? Take()
    {
        if (_armed is not { } armed)
        {
            return null;
        }

        if (armed.Fault.Requests is null)
        {
            return armed.Fault;
        }

        int left = Interlocked.Decrement(ref armed.Left);
        if (left == 0)
        {
            // Only if it is still this fault: another one may have been set meanwhile.
            Interlocked.CompareExchange(ref _armed, null, armed);
        }

        return left >= 0 ? armed.Fault : null;
    }

    private sealed class Armed(ModelFault fault)
    {
        public int Left = fault.Requests ?? 0;

        public ModelFault Fault => fault;
    }
}
