using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Health;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;


namespace ContosoSuites.Tests.Functions.Storage.Contract;

/// <summary>The stores of one implementation, holding the sample data.</summary>
public sealed record StoresUnderTest(
    IHotelStore Hotels, IMaintenanceRequestStore Requests, IConversationStore Conversations, IDistributionStore Distribution,
    IStorageProbe Probe, IAsyncDisposable Owner);
