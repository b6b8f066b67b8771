using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Settings;

/// <summary>Who this app is to Azure services.</summary>
internal static class AzureIdentity
{
    private const string ClientId = "AZURE_CLIENT_ID";

    /// <summary>Adds the one credential of the app, unless it is there: that of the identity in setting <c>AZURE_CLIENT_ID</c>, where it is set.</summary>
    public static void AddAzureCredential(this IHostApplicationBuilder builder)
    {
        string? clientId = builder.Configuration[ClientId];
        builder.Services.TryAddSingleton<TokenCredential>(_ => CreateCredential(clientId));
    }

    /// <summary>That identity in words.</summary>
    public static string DescribeIdentity(this IConfiguration configuration) => configuration[ClientId] is { Length: > 0 } clientId
        ? $"the identity {clientId} ({ClientId})"
        : $"the identity that DefaultAzureCredential finds ({ClientId} is not set)";

    /// <summary>A user-assigned identity is found by its client id, wherever that was set; the environment alone is not looked at then.</summary>
    private static DefaultAzureCredential CreateCredential(string? clientId)
    {
        var options = new DefaultAzureCredentialOptions();
        if (!string.IsNullOrEmpty(clientId))
        {
            options.ManagedIdentityClientId = clientId;
            options.WorkloadIdentityClientId = clientId;
        }

        return new DefaultAzureCredential(options);
    }
}
