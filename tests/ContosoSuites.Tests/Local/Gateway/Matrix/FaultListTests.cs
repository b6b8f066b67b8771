using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Faults;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>The list of faults is whole, and its JSON is what an instance takes.</summary>
public sealed class FaultListTests
{
    [Fact]
    public void Every_kind_of_fault_is_there_once() => Assert.Equal(
        typeof(ModelFault).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name).Order(StringComparer.Ordinal),
        FaultList.Faults.Select(fault => FaultList.Read(fault.Json).GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_example_makes_sense() => Every.One(FaultList.Faults, fault => FaultList.Read(fault.Json).Validate());
}
