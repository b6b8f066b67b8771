using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Storage;
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

    private IHost Build(params (string Name, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _root, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.AddEmbeddings();
        builder.AddStorage();
        return builder.Build();
    }
}
