using System.Net;
using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Says what an error of Cosmos DB means for this app, and what to do about it.</summary>
/// <param name="settings">Which account and database.</param>
/// <param name="identity">Who calls, in words.</param>
internal sealed class CosmosProblems(CosmosSettings settings, string identity)
{
    private const int WrongPartitionKey = 1001;

    // The SDK has waited and tried again before; where the service does not say how long, a moment has to do.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>The exception for a caller; null when the error is about neither the account nor the size of an item.</summary>
    public Exception? Explain(Exception exception) => exception switch
    {
        CosmosException { StatusCode: HttpStatusCode.RequestEntityTooLarge } e => new ItemTooLargeException(e),
        CosmosException e => Explain(e),
        AuthenticationFailedException => Unavailable(
            StorageProblem.Forbidden,
            $"there is no token for {identity}. On your machine sign in with 'az login' or 'azd auth login'; in Azure check that AZURE_CLIENT_ID is the client id of an identity that the app has",
            exception),
        HttpRequestException or OperationCanceledException or TimeoutException => Unreachable(exception),
        _ => null,
    };

    private StorageUnavailableException? Explain(CosmosException e) => e.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Unavailable(
            StorageProblem.Forbidden,
            $"it does not know {identity}. Check that CosmosDB:AccountEndpoint is an account of the same Microsoft Entra tenant",
            e),
        HttpStatusCode.Forbidden => Unavailable(
            StorageProblem.Forbidden,
            $"it does not let {identity} in. Assign it the role 'Cosmos DB Built-in Data Contributor' on the account (az cosmosdb sql role assignment create; infra/modules/cosmos.bicep does it), which can take some minutes to count, and check the account's firewall",
            e),
        HttpStatusCode.NotFound => Unavailable(
            StorageProblem.Missing,
            $"there is no database {settings.DatabaseName} (CosmosDB:DatabaseName) in it, or that lacks a container: {settings.MaintenanceRequestsContainerName} (CosmosDB:MaintenanceRequestsContainerName), IdempotencyKeys, Conversations, Hotels, Bookings or BackendDistribution. Correct the settings, or create what is missing with 'azd provision'",
            e),
        HttpStatusCode.BadRequest when e.SubStatusCode == WrongPartitionKey => Unavailable(
            StorageProblem.Misconfigured,
            "a container has another partition key than infra/modules/cosmos.bicep gives it. A partition key can not be changed: delete the container and create it with 'azd provision', or name another database in CosmosDB:DatabaseName",
            e),
        HttpStatusCode.TooManyRequests => Unavailable(
            StorageProblem.Throttled, "more was asked of it at once than it grants, and trying again did not help. Ask less at once", e, e.RetryAfter ?? Moment),
        HttpStatusCode.RequestTimeout or HttpStatusCode.Gone or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or (HttpStatusCode)449 => Unreachable(e),
        _ => null,
    };

    private StorageUnavailableException Unreachable(Exception exception) => Unavailable(
        StorageProblem.Unreachable,
        "it does not answer. Check that CosmosDB:AccountEndpoint is its address, that the account is up, and that a firewall lets this app reach it on 443 and, in direct mode, 10250 to 20000",
        exception,
        (exception as CosmosException)?.RetryAfter);

    private StorageUnavailableException Unavailable(StorageProblem problem, string help, Exception exception, TimeSpan? retryAfter = null) => new(
        problem,
        $"The Cosmos DB account {settings.AccountEndpoint} is unavailable: {help}; no restart is needed. ({FirstLine(exception.Message)})",
        exception,
        retryAfter);

    // Diagnostics of many lines follow; they are in the inner exception.
    private static string FirstLine(string message) => message.AsSpan().Trim().EnumerateLines() is var lines && lines.MoveNext() ? lines.Current.ToString() : "";
}
