namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>Stands between the SDK and the emulator: makes faults, and makes up for two things in which the emulator differs.</summary>
internal sealed class CosmosEmulatorHandler(CosmosFaults faults) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (faults.Answer(request) is { } fault)
        {
            fault.RequestMessage = request;
            return fault;
        }

        // It breaks on a read of an item that is not there, and takes no query that has its partition in a header only, unless it
        // is told to look in every partition. An item is looked for in its own one all the same.
        const string EveryPartition = "x-ms-documentdb-query-enablecrosspartition";
        if (request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal) && !request.Headers.Contains(EveryPartition))
        {
            request.Headers.Add(EveryPartition, "true");
        }

        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);

        // It has one partition and does not say so: the service tells the SDK that no other one has to be asked.
        response.Headers.Add("x-ms-cosmos-query-requiresdistribution", "False");
        return response;
    }
}
