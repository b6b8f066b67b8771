using ContosoSuites.Functions;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Health;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.Settings;
using ContosoSuites.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage;

public sealed class StorageServicesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("contoso-storage-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task By_default_the_file_stands_below_the_content_root()
    {
        using IHost host = Build();
        await host.StartAsync(Ct);
        Assert.False(Directory.Exists(Path.Combine(_root, "data")));

        Assert.NotEmpty(await host.Services.GetRequiredService<IHotelStore>().GetHotelsAsync(Ct));
        Assert.True(File.Exists(Path.Combine(_root, "data", "contoso-suites.db")));
    }

    [Fact]
    public async Task All_stores_share_the_file_of_the_setting()
    {
        string file = Path.Combine(_root, "elsewhere", "hotels.db");
        using IHost host = Build(("Storage:SqlitePath", file), ("Embeddings:Dimensions", "3"));
        await host.StartAsync(Ct);

        await host.Services.GetRequiredService<IStorageProbe>().CheckAsync(Ct);
        var requests = host.Services.GetRequiredService<IMaintenanceRequestStore>();
        CreateResult created = await requests.CreateAsync(
            new() { HotelId = 1, Hotel = "Oceanview Inn", Source = "staff", Details = "The tap drips." }, cancellationToken: Ct);
        Assert.True(await requests.SetEmbeddingAsync(created.Request.Id, new float[] { 1, 2, 3 }, Ct));
        Assert.True((await host.Services.GetRequiredService<IConversationStore>().SaveAsync("a", "b", null, Ct)).Saved);
        Assert.Equal([file], Directory.EnumerateFiles(_root, "*.db", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("Storage:SqlitePath", "")]
    [InlineData("Storage:SqlitePath", "   ")]
    [InlineData("Storage:SqlitePath", "~/contoso.db")]
    [InlineData("Embeddings:Dimensions", "0")]
    [InlineData("Embeddings:Dimensions", "-5")]
    [InlineData("Embeddings:Dimensions", "100000")]
    public void A_setting_that_can_not_work_stops_the_start_by_its_name(string setting, string value)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Build((setting, value)));

        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_takes_the_place_of_the_file()
    {
        using IHost host = Build([("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555"), .. Account()]);

        Assert.Equal("cosmos", host.Services.GetRequiredService<IStorageProbe>().StoreName);
        Assert.IsType<CosmosMaintenanceRequestStore>(host.Services.GetRequiredService<IMaintenanceRequestStore>());
        var client = host.Services.GetRequiredService<CosmosClient>();
        Assert.Equal((new Uri("https://contoso.documents.azure.com/"), ConnectionMode.Direct), (client.Endpoint, client.ClientOptions.ConnectionMode));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void Two_stores_stop_the_start_with_both_names()
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Build([("Storage:SqlitePath", "contoso.db"), .. Account()]));

        Assert.Contains("CosmosDB:AccountEndpoint", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Remove Storage:SqlitePath", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CosmosDB:AccountEndpoint", "")]
    [InlineData("CosmosDB:AccountEndpoint", " ")]
    [InlineData("CosmosDB:AccountEndpoint", "contoso")]
    [InlineData("CosmosDB:AccountEndpoint", "http://contoso.documents.azure.com")]
    [InlineData("CosmosDB:AccountEndpoint", "https://contoso.documents.azure.com/dbs/ContosoSuites")]
    [InlineData("CosmosDB:AccountEndpoint", "AccountEndpoint=https://contoso.documents.azure.com/;AccountKey=abc")]
    [InlineData("CosmosDB:DatabaseName", "")]
    [InlineData("CosmosDB:MaintenanceRequestsContainerName", "")]
    public void An_account_that_is_half_or_wrong_stops_the_start_by_the_setting(string setting, string value)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Build([.. Account(), (setting, value)]));

        Assert.Contains($"Setting {setting}:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_goes_to_this_machine()
    {
        using IHost host = Build([.. Account(), ("CosmosDB:AccountEndpoint", "http://localhost:8081")]);

        Assert.Equal("cosmos", host.Services.GetRequiredService<IStorageProbe>().StoreName);
    }

    private static (string Name, string Value)[] Account() =>
    [
        ("CosmosDB:AccountEndpoint", "https://contoso.documents.azure.com/"),
        ("CosmosDB:DatabaseName", "ContosoSuites"),
        ("CosmosDB:MaintenanceRequestsContainerName", "MaintenanceRequests"),
    ];

    private IHost Build(params (string Name, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _root, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)).GroupBy(setting => setting.Key).Select(same => same.Last()));
        builder.AddEmbeddings();
        builder.AddStorage();
        builder.ThrowIfSettingsAreWrong();
        return builder.Build();
    }
}
