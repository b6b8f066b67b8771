using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>Section <c>CosmosDB</c>: the account that keeps the data. Without any of its settings SQLite does.</summary>
public sealed class CosmosSettings : IValidatableObject
{
    /// <summary>The account's address, such as https://NAME.documents.azure.com.</summary>
    public string AccountEndpoint { get; set; } = "";

    /// <summary>The database in it.</summary>
    public string DatabaseName { get; set; } = "";

    /// <summary>The container of the maintenance requests in that; the other containers have fixed names.</summary>
    public string MaintenanceRequestsContainerName { get; set; } = "";

    internal bool IsConfigured => AccountEndpoint.Length > 0;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1033:Interface methods should be callable by child types", Justification = "The class is sealed.")]
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        (string Name, string Value)[] settings =
        [
            (nameof(AccountEndpoint), AccountEndpoint),
            (nameof(DatabaseName), DatabaseName),
            (nameof(MaintenanceRequestsContainerName), MaintenanceRequestsContainerName),
        ];
        if (settings.All(setting => setting.Value.Length == 0))
        {
            yield break;
        }

        // Half of it must not pass for none: the app would keep its data in a file, and in Azure files go with the instance.
        foreach ((string name, string value) in settings)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new ValidationResult(
                    "is empty, while others of the section are set: Cosmos DB needs AccountEndpoint, DatabaseName and MaintenanceRequestsContainerName. Leave out all three to use SQLite.",
                    [name]);
            }
        }

        if (!string.IsNullOrWhiteSpace(AccountEndpoint) && !IsAccountAddress())
        {
            yield return new ValidationResult(
                "is not the address of a Cosmos DB account: write https://NAME.documents.azure.com, the URI that the account's overview shows. Plain http goes to this machine only.",
                [nameof(AccountEndpoint)]);
        }
    }

    private bool IsAccountAddress() =>
        Uri.TryCreate(AccountEndpoint, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.AbsolutePath == "/" && address.Query.Length == 0;
}
