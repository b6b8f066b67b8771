using ContosoSuites.Local.Models.Faults;

namespace ContosoSuites.Local.Models.Admin;

/// <summary>An instance as the admin route shows it.</summary>
internal sealed record InstanceStatus(string Name, string Region, Uri Endpoint, ModelFault? Fault, ModelCountersSnapshot Counters)
{
    public static InstanceStatus Of(ModelInstance instance) =>
        new(instance.Name, instance.Region, instance.Endpoint, instance.Fault, instance.Counters.Snapshot());
}
