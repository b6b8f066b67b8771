using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>The conversations in Cosmos DB. One that has expired is as good as absent, removed or not.</summary>
internal sealed class CosmosConversationStore(CosmosDatabase database, TimeProvider timeProvider) : IConversationStore
{
    internal const string Expired = "SELECT c.id, c.last_turn, c._etag FROM c WHERE c.last_turn <= @expired";

    private Container Container => database.Conversations;

    /// <inheritdoc/>
    public async Task<byte[]> GetSecretAsync(CancellationToken cancellationToken = default)
    {
        byte[]? secret = null;
        await database.UpdateAsync<SecretDocument>(
            Container,
            SecretDocument.TheId,
            new PartitionKey(SecretDocument.TheId),
            stored =>
            {
                SecretDocument document = stored ?? SecretDocument.Create();
                secret = document.Value;
                return stored is null ? document : null;
            },
            cancellationToken);
        return secret!;
    }

    /// <inheritdoc/>
    public async Task<StoredConversation?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        ItemResponse<ConversationDocument>? stored = await ReadAsync(DocumentId.Of(id), cancellationToken);
        return stored is null || IsExpired(stored.Resource.LastTurn)
            ? null
            : new StoredConversation(
                id, stored.Resource.Content, new ConversationTag(stored.Resource.LastTurn, stored.ETag).ToString(), StoredTime.Parse(stored.Resource.LastTurn));
    }

    /// <inheritdoc/>
    public async Task<ConversationSave> SaveAsync(string id, string content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        var document = new ConversationDocument { Id = DocumentId.Of(id), Content = content, LastTurn = StoredTime.Format(timeProvider.GetUtcNow()) };
        string? etag = expectedETag is null
            ? await BeginAsync(document, cancellationToken)
            : await ContinueAsync(document, ConversationTag.Parse(expectedETag), cancellationToken);
        return etag is null ? ConversationSave.Conflict : new ConversationSave(new ConversationTag(document.LastTurn, etag).ToString());
    }

    /// <inheritdoc/>
    public async Task<int> PurgeExpiredAsync(CancellationToken cancellationToken = default)
    {
        QueryDefinition query = new QueryDefinition(Expired).WithParameter("@expired", ExpiredAt());
        int purged = 0;
        foreach (ConversationDocument document in await database.QueryAsync<ConversationDocument>(Container, query, partition: null, cancellationToken))
        {
            // Only in that state: somebody may begin it anew just now.
            if (await database.TryDeleteAsync(Container, document.Id, new PartitionKey(document.Id), document.ETag, cancellationToken))
            {
                purged++;
            }
        }

        return purged;
    }

    private async Task<string?> BeginAsync(ConversationDocument document, CancellationToken cancellationToken)
    {
        if (await database.TryCreateAsync(Container, document, new PartitionKey(document.Id), cancellationToken) is { } etag)
        {
            return etag;
        }

        // In the place of an expired one it may begin.
        ItemResponse<ConversationDocument>? former = await ReadAsync(document.Id, cancellationToken);
        return former is not null && IsExpired(former.Resource.LastTurn)
            ? await database.TryReplaceAsync(Container, document, document.Id, new PartitionKey(document.Id), former.ETag, cancellationToken)
            : null;
    }

    private async Task<string?> ContinueAsync(ConversationDocument document, ConversationTag? expected, CancellationToken cancellationToken) =>
        expected is null || IsExpired(expected.LastTurn)
            ? null
            : await database.TryReplaceAsync(Container, document, document.Id, new PartitionKey(document.Id), expected.ETag, cancellationToken);

    private Task<ItemResponse<ConversationDocument>?> ReadAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync<ConversationDocument>(Container, id, new PartitionKey(id), cancellationToken);

    private string ExpiredAt() => StoredTime.Format(timeProvider.GetUtcNow() - StoredConversation.Lifetime);

    private bool IsExpired(string lastTurn) => string.CompareOrdinal(lastTurn, ExpiredAt()) <= 0;
}
