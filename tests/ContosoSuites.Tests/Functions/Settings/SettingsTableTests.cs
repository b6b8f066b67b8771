using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.Settings;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Infra;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ContosoSuites.Tests.Functions.Settings;

/// <summary>Every number among the settings: its default, its bounds and what is said beyond them; and what it is a number of.</summary>
public sealed class SettingsTableTests
{
    /// <summary>The sections by their names.</summary>
    private static readonly Dictionary<string, Type> Sections = new()
    {
        ["ApiManagement"] = typeof(ApiManagementOptions),
        ["AzureOpenAI"] = typeof(AzureOpenAIOptions),
        ["BackendDistribution"] = typeof(DistributionSettings),
        ["Chat"] = typeof(ChatSettings),
        ["Copilot"] = typeof(CopilotSettings),
        ["CosmosDB"] = typeof(CosmosSettings),
        ["Embeddings"] = typeof(EmbeddingSettings),
        ["LogAnalytics"] = typeof(LogAnalyticsSettings),
        ["Maintenance"] = typeof(MaintenanceSettings),
        ["Storage"] = typeof(StorageOptions),
    };

    /// <summary>Setting, default, least, most, and what is said of any other number.</summary>
    public static TheoryData<string, int, int, int, string> Numbers => new()
    {
        { "ApiManagement:ModelCallTimeoutSeconds", 200, 1, 600, "must be from 1 to 600 seconds." },
        { "ApiManagement:TurnTimeoutSeconds", 220, 1, 225, "must be from 1 to 225 seconds: Azure ends an HTTP answer after 230." },
        { "ApiManagement:MaxRetryWaitSeconds", 5, 0, 60, "must be from 0 to 60 seconds." },
        { "AzureOpenAI:MaxModelCallsPerTurn", 8, 2, 64, "must be from 2 to 64 calls." },
        { "BackendDistribution:LatenessMinutes", 30, 0, 1440, "must be from 0 to 1440 minutes." },
        { "BackendDistribution:FirstRunHours", 24, 1, 720, "must be from 1 to 720 hours." },
        { "BackendDistribution:RetentionDays", 90, 1, 3650, "must be from 1 to 3650 days." },
        { "BackendDistribution:DegradedAfterMinutes", 30, 1, 10080, "must be from 1 to 10080 minutes." },
        { "Chat:MaxMessageLength", 8000, 1, 1_000_000, "must be from 1 to 1000000 characters." },
        { "Copilot:MaxMessageLength", 8000, 1, 1_000_000, "must be from 1 to 1000000 characters." },
        { "Copilot:HistoryTokens", 6000, 500, 1_000_000, "must be from 500 to 1000000 tokens." },
        { "Copilot:IdleMinutes", 30, 1, 1440, "must be from 1 to 1440 minutes." },
        { "Embeddings:MaxTextLength", 8000, 1, 1_000_000, "must be from 1 to 1000000 characters." },
        { "Embeddings:Dimensions", 1536, 1, 16384, "must be from 1 to 16384: how many numbers the embedding deployment's vectors have." },
        { "LogAnalytics:TimeoutSeconds", 300, 10, 600, "must be from 10 to 600 seconds." },
        { "Maintenance:MaxDetailsLength", 4000, 1, 100_000, "must be from 1 to 100000 characters." },
        { "Maintenance:InlineEmbeddingSeconds", 3, 0, 60, "must be from 0 to 60 seconds." },
    };

    /// <summary>Setting, default, and what is said when it is empty.</summary>
    public static TheoryData<string, string, string?> Texts => new()
    {
        { "ApiManagement:Endpoint", "", "is missing: it is the address of the API Management gateway, such as https://contoso.azure-api.net." },
        { "ApiManagement:ApiKey", "", "is missing: it is the API Management subscription key of this app." },
        { "AzureOpenAI:DeploymentName", "", "is missing: it is the name of the chat deployment, such as gpt-5.4-mini." },
        { "AzureOpenAI:EmbeddingDeploymentName", "", "is missing: it is the name of the embedding deployment, such as text-embedding-3-small." },
        { "AzureOpenAI:Prices", "", null },
        { "BackendDistribution:Backends", "", null },
        { "CosmosDB:AccountEndpoint", "", null },
        { "CosmosDB:DatabaseName", "", null },
        { "CosmosDB:MaintenanceRequestsContainerName", "", null },
        { "LogAnalytics:WorkspaceId", "", null },
        { "LogAnalytics:Endpoint", "https://api.loganalytics.io", "is empty: leave it out for https://api.loganalytics.io." },
        { "Storage:SqlitePath", "data/contoso-suites.db", "is empty: give it the path of the database file, or leave it out for data/contoso-suites.db." },
    };

    /// <summary>A number of each setting that is a time, and how long that is.</summary>
    public static TheoryData<string, TimeSpan> Times => new()
    {
        { "ModelCallTimeout", new ApiManagementOptions { ModelCallTimeoutSeconds = 37 }.ModelCallTimeout - TimeSpan.FromSeconds(37) },
        { "TurnTimeout", new ApiManagementOptions { TurnTimeoutSeconds = 41 }.TurnTimeout - TimeSpan.FromSeconds(41) },
        { "MaxRetryWait", new ApiManagementOptions { MaxRetryWaitSeconds = 43 }.MaxRetryWait - TimeSpan.FromSeconds(43) },
        { "Lateness", new DistributionSettings { LatenessMinutes = 47 }.Lateness - TimeSpan.FromMinutes(47) },
        { "FirstRun", new DistributionSettings { FirstRunHours = 53 }.FirstRun - TimeSpan.FromHours(53) },
        { "Retention", new DistributionSettings { RetentionDays = 59 }.Retention - TimeSpan.FromDays(59) },
        { "DegradedAfter", new DistributionSettings { DegradedAfterMinutes = 61 }.DegradedAfter - TimeSpan.FromMinutes(61) },
        { "LogAnalytics timeout", new LogAnalyticsSettings { TimeoutSeconds = 67 }.Timeout - TimeSpan.FromSeconds(67) },
        { "InlineEmbeddingTime", new MaintenanceSettings { InlineEmbeddingSeconds = 3 }.InlineEmbeddingTime - TimeSpan.FromSeconds(3) },
    };

    [Theory, MemberData(nameof(Numbers))]
    public void A_number_has_its_default_and_its_bounds(string setting, int @default, int least, int most, string otherwise)
    {
        Assert.Equal((@default, null), Read(setting, null));
        Assert.Equal((least, null), Read(setting, Text(least)));
        Assert.Equal((most, null), Read(setting, Text(most)));
        Assert.Equal((least - 1, otherwise), Read(setting, Text(least - 1)));
        Assert.Equal((most + 1, otherwise), Read(setting, Text(most + 1)));
        Assert.Equal((@default, $"'many' is not a whole number. It {otherwise}"), Read(setting, "many"));
    }

    [Theory, MemberData(nameof(Texts))]
    public void A_text_has_its_default_and_is_there_where_it_has_to_be(string setting, string @default, string? empty)
    {
        Assert.Equal((@default, @default.Length == 0 ? empty : null), Read(setting, null));
        Assert.Equal(("", empty), Read(setting, ""));
    }

    [Theory, MemberData(nameof(Times))]
    public void A_time_is_counted_in_what_its_setting_is_called_after(string time, TimeSpan difference)
    {
        Assert.NotEmpty(time);
        Assert.Equal(TimeSpan.Zero, difference);
    }

    [Fact]
    public void Every_setting_is_in_a_table()
    {
        IEnumerable<string> settings = Sections.SelectMany(section => section.Value.GetProperties().Where(property => property.CanWrite).Select(property => $"{section.Key}:{property.Name}"));

        Assert.Equal(
            settings.Order(StringComparer.Ordinal),
            Numbers.Select(row => row.Data.Item1).Concat(Texts.Select(row => row.Data.Item1)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_documentation_has_the_defaults()
    {
        Dictionary<string, string> documented = File.ReadLines(Path.Combine(InfraFiles.Root, "functions", "README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 3)
            .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2], StringComparer.Ordinal);

        Every.One(Numbers.Select(row => row.Data), row => Assert.Equal((row.Item1, row.Item2.ToString(CultureInfo.InvariantCulture)), (row.Item1, documented[row.Item1])));
        Every.One(
            Texts.Select(row => row.Data),
            row => Assert.Contains(documented[row.Item1], row.Item2.Length > 0 ? [row.Item2] : row.Item3 is null ? ["", "none", "all"] : (string[])["required"]));
    }

    /// <summary>What a setting has become, and what is said of it.</summary>
    [Fact]
    public void A_setting_is_known_in_whatever_letters()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("CHAT:MAXMESSAGELENGTH", "77")]).Build();
        var settings = new ChatSettings();

        Assert.Empty(new SettingsSection(configuration.GetSection("Chat"), settings).Read());
        Assert.Equal(77, settings.MaxMessageLength);
    }

    private static (object? Value, string? Wrong) Read(string setting, string? value)
    {
        string[] name = setting.Split(':');
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, value)]).Build();
        object settings = Activator.CreateInstance(Sections[name[0]])!;
        string[] wrong = [.. new SettingsSection(configuration.GetSection(name[0]), settings).Read().Where(wrong => wrong.Name == name[1]).Select(wrong => wrong.Wrong).Take(1)];
        PropertyInfo property = settings.GetType().GetProperty(name[1])!;
        Assert.True(property.PropertyType == typeof(string) || property.IsDefined(typeof(RangeAttribute)), $"{setting} has no bounds.");
        return (property.GetValue(settings), wrong.SingleOrDefault());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
