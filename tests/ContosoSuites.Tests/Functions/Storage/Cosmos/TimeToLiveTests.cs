using System.Text.Json;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Functions.Storage.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>What stays among things that expire says so itself, and what expires does so when the app means it to.</summary>
public sealed class TimeToLiveTests
{
    [Fact]
    public void The_secret_and_the_watermark_outlive_what_is_around_them()
    {
        object[] lasting = [SecretDocument.Create(), new DistributionWatermark { UpTo = DateTimeOffset.UnixEpoch }];

        Every.One(lasting, document => Assert.Equal(-1, JsonSerializer.SerializeToElement(document, document.GetType()).GetProperty("ttl").GetInt32()));
    }

    [Fact]
    public void A_conversation_and_an_hour_have_the_time_of_their_container()
    {
        object[] expiring = [new ConversationDocument { Id = "a", LastTurn = "b" }, DistributionHour.At(DateTimeOffset.UnixEpoch)];

        Every.One(expiring, document => Assert.False(JsonSerializer.SerializeToElement(document, document.GetType()).TryGetProperty("ttl", out _)));
        Assert.Equal(
            (int)StoredConversation.Lifetime.TotalSeconds,
            CosmosContainers.All().Single(container => container.Id == "Conversations").DefaultTimeToLive);
    }
}
