using ContosoSuites.Functions.Maintenance.Copilot;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance;

/// <summary>The timer that removes expired conversations.</summary>
public sealed class PurgeConversationsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removes_what_has_expired_and_nothing_else()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        var conversations = system.Local.App!.Worker.Services!.GetRequiredService<IConversationStore>();
        await conversations.SaveAsync("old", "{}", null, Cancellation);
        await conversations.SaveAsync("new", "{}", null, Cancellation);
        await using var database = new SqliteConnection($"Data Source={system.DatabaseFile};Pooling=False");
        await database.OpenAsync(Cancellation);
        await database.ExecuteAsync("UPDATE conversations SET last_turn = '2026-01-01T00:00:00.0000000Z' WHERE id = 'old'");

        Assert.Null(await system.Local.App.RunTimerAsync("PurgeConversations"));

        Assert.Equal(["new"], await database.QueryAsync<string>("SELECT id FROM conversations"));
        Assert.NotNull(await conversations.GetAsync("new", Cancellation));
    }
}
