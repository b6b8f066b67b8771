using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

public sealed class SqliteWriterTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _files = new();
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;

    public SqliteWriterTests()
    {
        using SqliteConnection connection = _files.Connect();
        connection.Execute("PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT PRIMARY KEY)");
        SqliteConnection held = _files.Connect();
        held.Execute("SELECT count(*) FROM notes");
        _file = new SqliteFile(_files.File);
        _file.Hold(held);
        _writer = new SqliteWriter(_file, _files.Connect, _ => { });
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _file.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task What_has_returned_can_be_read_by_others()
    {
        for (int i = 0; i < 10; i++)
        {
            await WriteAsync($"{i}");
            Assert.Equal(i + 1, Notes().Count);
        }

        Assert.Equal(10, _writer.Commits);
    }

    [Fact]
    public async Task Writes_that_arrive_during_a_commit_share_the_next_one()
    {
        using var gate = new Gate(_writer);
        Task[] writes = [.. Enumerable.Range(0, 100).Select(i => WriteAsync($"{i}"))];
        Assert.DoesNotContain(writes, write => write.IsCompleted);
        await gate.OpenAsync();
        await Task.WhenAll(writes);

        Assert.Equal(100, Notes().Count);
        Assert.Equal(2, _writer.Commits);
    }

    [Fact]
    public async Task Many_callers_need_fewer_commits_than_writes()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await WriteAsync($"{worker}/{i}");
            }
        })));

        Assert.Equal(640, Notes().Count);
        Assert.InRange(_writer.Commits, 20, 500);
    }

    [Fact]
    public async Task A_write_that_fails_takes_none_of_the_others_with_it()
    {
        using var gate = new Gate(_writer);
        Task[] good = [.. Enumerable.Range(0, 10).Select(i => WriteAsync($"good {i}"))];
        Task<int> twice = WriteAsync("good 3");
        Task<int> halfway = _writer.WriteAsync(
            connection => connection.Execute("INSERT INTO notes VALUES ('half')") > 0 ? throw new InvalidOperationException("changed its mind") : 0, Ct);
        Task last = WriteAsync("last");
        await gate.OpenAsync();

        await Task.WhenAll([.. good, last]);
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, (await Assert.ThrowsAsync<SqliteException>(() => twice)).SqliteErrorCode);
        Assert.Equal("changed its mind", (await Assert.ThrowsAsync<InvalidOperationException>(() => halfway)).Message);
        Assert.Equal(11, Notes().Count);
        Assert.DoesNotContain("half", Notes());
        Assert.Equal(2, _writer.Commits);
    }

    [Fact]
    public async Task A_write_that_ends_the_whole_transaction_fails_alone()
    {
        using var gate = new Gate(_writer);
        Task before = WriteAsync("before");
        Task<int> breaking = _writer.WriteAsync<int>(
            connection =>
            {
                // As SQLite itself does on some errors of the disk.
                connection.Execute("ROLLBACK");
                throw new InvalidOperationException("broken");
            },
            Ct);
        Task after = WriteAsync("after");
        await gate.OpenAsync();

        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<InvalidOperationException>(() => breaking);
        Assert.Equal(["after", "before"], Notes().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_caller_that_gives_up_before_its_write_starts_writes_nothing()
    {
        using var gate = new Gate(_writer);
        using var givingUp = new CancellationTokenSource();
        Task<int> given = _writer.WriteAsync(Insert("given up"), givingUp.Token);
        Task kept = WriteAsync("kept");
        await givingUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await gate.OpenAsync();
        await kept;

        Assert.Equal(["kept"], Notes());
    }

    [Fact]
    public async Task A_caller_that_gives_up_later_gets_the_result()
    {
        using var givingUp = new CancellationTokenSource();
        int written = await _writer.WriteAsync(
            connection =>
            {
                givingUp.Cancel();
                return Insert("too late to give up")(connection);
            },
            givingUp.Token);

        Assert.Equal(1, written);
        Assert.Equal(["too late to give up"], Notes());
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_accepts_nothing_more()
    {
        var gate = new Gate(_writer);
        Task[] writes = [.. Enumerable.Range(0, 1000).Select(i => WriteAsync($"{i}"))];
        ValueTask closing = _writer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => WriteAsync("late"));
        await gate.OpenAsync();
        gate.Dispose();
        await closing;
        _file.Dispose();

        await Task.WhenAll(writes);
        Assert.Equal(1000, Notes().Count);
        Assert.False(File.Exists(_files.File + "-wal"));
    }

    [Fact]
    public async Task A_write_too_large_for_the_space_left_fails_alone_and_there_is_room_again_later()
    {
        await _writer.WriteAsync(connection => connection.ExecuteScalar<int>("PRAGMA max_page_count = 20"), Ct);
        using var gate = new Gate(_writer);
        Task small = WriteAsync("small");
        Task<int> large = WriteAsync(new string('x', 200_000));
        Task smallToo = WriteAsync("small too");
        await gate.OpenAsync();

        await Task.WhenAll(small, smallToo);
        StorageUnavailableException full = await Assert.ThrowsAsync<StorageUnavailableException>(() => large);
        Assert.Equal(StorageProblem.Full, full.Problem);
        Assert.Contains(_files.File, full.Message, StringComparison.Ordinal);
        Assert.Contains("Free some space", full.Message, StringComparison.Ordinal);
        Assert.Equal(["small", "small too"], Notes().Order(StringComparer.Ordinal));

        await _writer.WriteAsync(connection => connection.ExecuteScalar<int>("PRAGMA max_page_count = 2000"), Ct);
        await WriteAsync(new string('x', 200_000));
        Assert.Equal(3, Notes().Count);
    }

    private static Func<SqliteConnection, int> Insert(string text) =>
        connection => connection.Execute("INSERT INTO notes VALUES (@text)", new { text });

    private Task<int> WriteAsync(string text) => _writer.WriteAsync(Insert(text), Ct);

    private List<string> Notes()
    {
        using SqliteConnection connection = _files.Connect();
        return connection.Query<string>("SELECT text FROM notes").AsList();
    }

    /// <summary>A write that holds up the writer, so that what comes next has to queue.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly ManualResetEventSlim _reached = new();
        private readonly Task _write;

        public Gate(SqliteWriter writer)
        {
            _write = writer.WriteAsync(
                _ =>
                {
                    _reached.Set();
                    _open.Wait(Ct);
                    return 0;
                },
                Ct);
            _reached.Wait(Ct);
        }

        public Task OpenAsync()
        {
            _open.Set();
            return _write;
        }

        public void Dispose()
        {
            _open.Set();
            _open.Dispose();
            _reached.Dispose();
        }
    }
}
