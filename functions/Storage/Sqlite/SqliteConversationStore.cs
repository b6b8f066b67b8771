using System.Security.Cryptography;
using ContosoSuites.Functions.Maintenance.Copilot;
using Dapper;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>The conversations in SQLite. One that has expired is as good as absent, purged or not.</summary>
internal sealed class SqliteConversationStore(SqliteDatabase database, TimeProvider timeProvider) : IConversationStore
{
    private const string ReadSecret = "SELECT value FROM secrets WHERE name = 'conversations'";

    /// <inheritdoc/>
    public async Task<byte[]> GetSecretAsync(CancellationToken cancellationToken = default) =>
        await database.ReadAsync(connection => connection.QuerySingleOrDefault<byte[]>(ReadSecret), cancellationToken)
        ?? await database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    "INSERT INTO secrets (name, value) VALUES ('conversations', @secret) ON CONFLICT (name) DO NOTHING",
                    new { secret = RandomNumberGenerator.GetBytes(IConversationStore.SecretLength) });
                return connection.QuerySingle<byte[]>(ReadSecret);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<StoredConversation?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        string expired = Expired(timeProvider.GetUtcNow());
        return database.ReadAsync(
            connection => connection.QuerySingleOrDefault<ConversationRow>(
                """
                SELECT id AS Id, content AS Content, etag AS ETag, last_turn AS LastTurn
                FROM conversations
                WHERE id = @id AND last_turn > @expired
                """,
                new { id, expired })?.ToConversation(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ConversationSave> SaveAsync(string id, string content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        string sql = expectedETag is null
            ? """
              INSERT INTO conversations (id, content, etag, last_turn) VALUES (@id, @content, @etag, @now)
              ON CONFLICT (id) DO UPDATE SET content = @content, etag = @etag, last_turn = @now WHERE last_turn <= @expired
              """
            : """
              UPDATE conversations SET content = @content, etag = @etag, last_turn = @now
              WHERE id = @id AND etag = @expectedETag AND last_turn > @expired
              """;

        // Never the same tag twice, so a turn on a conversation that has since expired can not pass for one on its successor.
        string etag = Guid.NewGuid().ToString("N");
        var parameters = new { id, content, etag, expectedETag, now = StoredTime.Format(now), expired = Expired(now) };
        return database.WriteAsync(
            connection => connection.Execute(sql, parameters) == 1 ? new ConversationSave(etag) : ConversationSave.Conflict, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> PurgeExpiredAsync(CancellationToken cancellationToken = default)
    {
        string expired = Expired(timeProvider.GetUtcNow());
        return database.WriteAsync(
            connection => connection.Execute("DELETE FROM conversations WHERE last_turn <= @expired", new { expired }), cancellationToken);
    }

    private static string Expired(DateTimeOffset now) => StoredTime.Format(now - StoredConversation.Lifetime);

    private sealed class ConversationRow
    {
        public required string Id { get; init; }

        public required string Content { get; init; }

        public required string ETag { get; init; }

        public required string LastTurn { get; init; }

        public StoredConversation ToConversation() => new(Id, Content, ETag, StoredTime.Parse(LastTurn));
    }
}
